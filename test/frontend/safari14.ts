/** What Safari 14 lacks, found in a script’s syntax tree. Versions are caniuse.com's and MDN's. */
import { parse, type Node as AnyNode } from 'acorn';

const GLOBALS = [
	'BroadcastChannel',
	'FinalizationRegistry',
	'Iterator',
	'WeakRef',
	'cookieStore',
	'navigation',
	'reportError',
	'requestIdleCallback',
	'scheduler',
	'structuredClone',
];
const STATICS = [
	'AbortSignal.abort',
	'AbortSignal.any',
	'AbortSignal.timeout',
	'Array.fromAsync',
	'Map.groupBy',
	'Object.groupBy',
	'Object.hasOwn',
	'Promise.try',
	'Promise.withResolvers',
	'Response.json',
	'URL.canParse',
	'URL.parse',
	'crypto.randomUUID',
];
const METHODS = [
	'at',
	'checkVisibility',
	'findLast',
	'findLastIndex',
	'requestSubmit',
	'showModal',
	'showPopover',
	'throwIfAborted',
	'toReversed',
	'toSorted',
	'toSpliced',
	'with',
];
const WINDOWS = ['globalThis', 'self', 'window'];

/** A node of any type, whose properties are asked for rather than known. */
type Tree = AnyNode & Record<string, unknown>;

/** The parser's complaint, or what each place has that Safari 14 has not. */
export function newerThanSafari14(code: string): string[] {
	let tree: Tree;
	try {
		// The syntax of Safari 14, but for what `syntaxIn` finds and the private fields of 14.1.
		tree = parse(code, { ecmaVersion: 2021, sourceType: 'script' }) as AnyNode as Tree;
	} catch (error) {
		return [(error as Error).message];
	}
	return [...nodesOf(tree)].flatMap((node) =>
		[syntaxIn(node), ...globalsIn(node), methodIn(node), optionIn(node)].filter(
			(complaint) => complaint !== undefined
		)
	);
}

function* nodesOf(node: Tree): Generator<Tree> {
	yield node;
	for (const value of Object.values(node).flat()) {
		if (isNode(value)) {
			yield* nodesOf(value);
		}
	}
}

const isNode = (value: unknown): value is Tree =>
	typeof (value as Partial<Tree> | null | undefined)?.type === 'string';

function syntaxIn(node: Tree): string | undefined {
	const [to, from] = [node.id ?? node.left, node.init ?? node.right].map((side) =>
		isNode(side) ? side : undefined
	);
	if (
		to?.type === 'ArrayPattern' &&
		(to.elements as (Tree | null)[]).some((element) => element?.type === 'RestElement') &&
		from?.type === 'ArrayExpression'
	) {
		return 'rest of an array literal';
	}
	const made = isCall(node) && nameOf(node.callee as Tree) === 'RegExp';
	const pattern = made
		? textOf((node.arguments as Tree[])[0])
		: (node.regex as { pattern: string } | undefined)?.pattern;
	return pattern !== undefined && /\(\?<[=!]/.test(pattern) ? 'lookbehind' : undefined;
}

/** `a.b` and `{ b } = a` for the names above, `a` alone where it is no property of another thing. */
function globalsIn(node: Tree): string[] {
	if (node.type === 'MemberExpression') {
		return [nameOf(node), nameOf(node.object as Tree)].flatMap(listed);
	}
	const pattern = (node.id ?? node.left) as Tree | undefined;
	const from = (node.init ?? node.right) as Tree | undefined;
	if (pattern?.type === 'ObjectPattern' && from) {
		const keys = (pattern.properties as Tree[]).map(({ key }) => keyOf(key as Tree));
		return keys.flatMap((key) => listed(`${nameOf(from)}.${key}`));
	}
	return Object.entries(node).flatMap(([role, value]) =>
		['property', 'key', 'label', 'id'].includes(role)
			? []
			: [value].flat().flatMap((child) => {
					const identifier = child as Tree | null | undefined;
					return identifier?.type === 'Identifier' ? listed(nameOf(identifier)) : [];
				})
	);
}

const listed = (name: string | undefined) =>
	[...GLOBALS, ...STATICS].filter((known) => known === name);

/** A method that is called without asking whether it is there. */
function methodIn(node: Tree): string | undefined {
	const callee = node.callee as Tree | undefined;
	const name =
		node.type === 'CallExpression' && !node.optional && callee?.type === 'MemberExpression'
			? propertyOf(callee)
			: undefined;
	return name !== undefined && METHODS.includes(name) ? `.${name}()` : undefined;
}

function optionIn(node: Tree): string | undefined {
	if (!isCall(node)) {
		return undefined;
	}
	const callee = node.callee as Tree;
	const last = (node.arguments as Tree[]).at(-1);
	const options =
		last?.type === 'ObjectExpression'
			? (last.properties as Tree[]).map(({ key }) => key && keyOf(key as Tree))
			: [];
	if (/(^|\.)addEventListener$/.test(nameOf(callee) ?? '') && options.includes('signal')) {
		return 'a signal of addEventListener';
	}
	return /Error$/.test(nameOf(callee) ?? '') && options.includes('cause')
		? 'a cause of Error'
		: undefined;
}

const isCall = ({ type }: Tree) => type === 'CallExpression' || type === 'NewExpression';

/** `a`, `a.b`, of longer ones the last two; what is found by way of the window is named without it. */
function nameOf(node: Tree): string | undefined {
	if (node.type === 'Identifier') {
		return node.name as string;
	}
	if (node.type === 'ChainExpression') {
		return nameOf(node.expression as Tree);
	}
	if (node.type !== 'MemberExpression') {
		return undefined;
	}
	const property = propertyOf(node);
	const owner = nameOf(node.object as Tree)
		?.split('.')
		.at(-1);
	return owner && WINDOWS.includes(owner) ? property : `${owner}.${property}`;
}

const propertyOf = ({ computed, property }: Tree) =>
	computed ? textOf(property as Tree) : keyOf(property as Tree);

const keyOf = (key: Tree): string | undefined =>
	key?.type === 'Identifier' ? (key.name as string) : textOf(key);

function textOf(node: Tree | undefined): string | undefined {
	if (node?.type === 'Literal') {
		return String(node.value);
	}
	const [quasi, ...more] = (node?.quasis ?? []) as { value: { cooked: string } }[];
	return more.length === 0 ? quasi?.value.cooked : undefined;
}
