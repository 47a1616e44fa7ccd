import { parse, type AnyNode, type Node, type Program } from 'acorn';

export type { AnyNode, Node, Program };

/** Parses sandboxed code: a function's body, so that it may return. */
export const parseCode = (code: string): Program =>
	parse(code, {
		ecmaVersion: 'latest',
		sourceType: 'script',
		allowReturnOutsideFunction: true,
		locations: true,
	});

/** The nodes directly below a node, in the order of the source. */
export function childrenOf(node: Node): AnyNode[] {
	return Object.values(node)
		.flat()
		.filter((value): value is AnyNode => typeof value?.type === 'string');
}

/** Visits a node and all below it, each with its ancestors, the nearest first. */
export function walk(
	node: Node,
	visit: (node: AnyNode, ancestors: AnyNode[]) => void,
	ancestors: AnyNode[] = []
): void {
	visit(node as AnyNode, ancestors);
	for (const child of childrenOf(node)) {
		walk(child, visit, [node as AnyNode, ...ancestors]);
	}
}

export const isFunction = (
	node: AnyNode
): node is Extract<AnyNode, { type: `${string}Function${string}` }> =>
	['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
