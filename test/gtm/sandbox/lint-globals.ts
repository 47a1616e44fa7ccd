import { isApi, refusedApi } from './demands.ts';
import type { Complaint } from './complaint.ts';
import { childrenOf, isFunction, walk, type AnyNode, type Program } from './syntax-tree.ts';

type Scope = { names: Set<string>; parent: Scope | undefined };

/** Every name that the code does not declare itself, and every API that does not exist. */
export function lintGlobals(program: Program, globals: string[]): Complaint[] {
	const complaints: Complaint[] = [];
	const known = { names: new Set(globals), parent: undefined };
	visit(program, { names: hoisted(program), parent: known });
	return complaints;

	function visit(node: AnyNode, scope: Scope): void {
		if (node.type === 'Identifier') {
			if (!isDeclared(node.name, scope)) {
				complaints.push({
					line: node.loc?.start.line ?? 1,
					what: `the unknown name ${node.name}`,
					instead: `declare it, or require an API; only ${globals.join(', ')} are there by themselves`,
				});
			}
			return;
		}
		if (
			node.type === 'CallExpression' &&
			node.callee.type === 'Identifier' &&
			node.callee.name === 'require'
		) {
			const [name] = node.arguments;
			const api = name?.type === 'Literal' ? name.value : undefined;
			if (!isApi(api)) {
				complaints.push({
					line: node.loc?.start.line ?? 1,
					what: 'a require that cannot be followed',
					instead:
						typeof api === 'string'
							? refusedApi(api)
							: 'require one API by its literal name',
				});
			}
		}
		const inner = opens(node) ? { names: hoisted(node), parent: scope } : scope;
		for (const child of childrenOf(node)) {
			if (!isOnlyAName(child, node)) {
				visit(child, inner);
			}
		}
	}
}

const isDeclared = (name: string, scope: Scope | undefined): boolean =>
	scope !== undefined && (scope.names.has(name) || isDeclared(name, scope.parent));

/** `b` in `a.b` and in `{b: 1}` refers to nothing. */
const isOnlyAName = (child: AnyNode, parent: AnyNode) =>
	(parent.type === 'MemberExpression' && parent.property === child && !parent.computed) ||
	(parent.type === 'Property' && parent.key === child && !parent.computed && !parent.shorthand);

const opens = (node: AnyNode) =>
	isFunction(node) ||
	[
		'BlockStatement',
		'ForStatement',
		'ForOfStatement',
		'ForInStatement',
		'CatchClause',
		'SwitchStatement',
	].includes(node.type);

/** The names that a scope declares: its own, and for a function the `var`s of the blocks in it. */
function hoisted(scope: AnyNode): Set<string> {
	const names = new Set<string>();
	const takesVars = isFunction(scope) || scope.type === 'Program';
	const add = (node: AnyNode) =>
		walk(node, (part) => part.type === 'Identifier' && names.add(part.name));
	if (isFunction(scope)) {
		[...scope.params, ...(scope.id ? [scope.id] : [])].forEach(add);
	}
	(function collect(node: AnyNode, isDirect: boolean) {
		for (const child of childrenOf(node)) {
			if (
				child.type === 'VariableDeclaration' &&
				(isDirect || (takesVars && child.kind === 'var'))
			) {
				child.declarations.forEach(({ id }) => add(id));
			}
			if (child.type === 'FunctionDeclaration' && isDirect && child.id) {
				add(child.id);
			}
			if (!isFunction(child)) {
				collect(child, isDirect && child.type === 'SwitchCase');
			}
		}
	})(scope, true);
	return names;
}
