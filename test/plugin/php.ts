import { Engine } from 'php-parser';

/** A node of the syntax tree, whatever its kind. */
export interface PhpNode {
	kind: string;
	loc?: { start: { line: number } };
	[property: string]: unknown;
}

/** One of the plugin's files. */
export interface PhpFile {
	name: string;
	source: string;
	tree: PhpNode;
	/** Every node, each with the nodes around it, the nearest first. */
	nodes: { node: PhpNode; around: PhpNode[] }[];
}

/** A call of a function by its name. */
export interface PhpCall {
	name: string;
	args: PhpNode[];
	line: number;
	/** The nearest function around it, else the whole file. */
	within: PhpNode;
}

const isNode = (value: unknown): value is PhpNode =>
	typeof value === 'object' && value !== null && 'kind' in value;

function childrenOf(node: PhpNode): PhpNode[] {
	return Object.values(node).flat().filter(isNode);
}

export function parsePhp(name: string, source: string): PhpFile {
	const engine = new Engine({ parser: { version: '7.4' }, ast: { withPositions: true } });
	const tree = engine.parseCode(source, name) as unknown as PhpNode;
	const nodes: PhpFile['nodes'] = [];
	const walk = (node: PhpNode, around: PhpNode[]) => {
		nodes.push({ node, around });
		childrenOf(node).forEach((child) => walk(child, [node, ...around]));
	};
	walk(tree, []);
	return { name, source, tree, nodes };
}

export const lineOf = (node: PhpNode) => node.loc?.start.line ?? 0;

/** `strlen` of `strlen( … )` and `\strlen( … )`; '' where it is no plain name. */
export function nameOf(node: unknown): string {
	return isNode(node) && node.kind === 'name' ? String(node.name).replace(/^\\/, '') : '';
}

/** What a function, a constant or a parameter is called. */
export const nameText = (name: unknown) => (isNode(name) ? String(name.name) : String(name ?? ''));

export function callsOf(file: PhpFile): PhpCall[] {
	return file.nodes.flatMap(({ node, around }) =>
		node.kind === 'call' && nameOf(node.what)
			? [
					{
						name: nameOf(node.what),
						args: node.arguments as PhpNode[],
						line: lineOf(node),
						within:
							around.find(({ kind }) => kind === 'function' || kind === 'closure') ??
							file.tree,
					},
				]
			: []
	);
}

/** Whether a call of one of these functions is somewhere in it. */
export function callsIn(node: PhpNode, names: RegExp): boolean {
	return (
		(node.kind === 'call' && names.test(nameOf(node.what))) ||
		childrenOf(node).some((child) => callsIn(child, names))
	);
}

/** Constants with a text, by name, out of all files. */
export function textConstants(files: PhpFile[]): Map<string, string> {
	return new Map(
		files.flatMap(({ nodes }) =>
			nodes.flatMap(({ node }) =>
				node.kind === 'constant' && (node.value as PhpNode | null)?.kind === 'string'
					? [[nameText(node.name), String((node.value as PhpNode).value)] as const]
					: []
			)
		)
	);
}

/** The text of a literal, a constant or both in a row; of anything else what is known of its start. */
export function textOf(node: PhpNode | undefined, constants: Map<string, string>): string {
	if (node?.kind === 'string') {
		return String(node.value);
	}
	if (node?.kind === 'name') {
		return constants.get(nameOf(node)) ?? '';
	}
	return node?.kind === 'bin' ? textOf(node.left as PhpNode, constants) : '';
}

/** A value of a literal array. */
export function valueOf(array: PhpNode | undefined, key: string): PhpNode | undefined {
	const items = (array?.kind === 'array' ? array.items : []) as PhpNode[];
	return items.find((item) => (item.key as PhpNode | null)?.value === key)?.value as
		PhpNode | undefined;
}
