import { parse } from 'acorn';
import type { Complaint } from './complaint.ts';
import { lintGlobals } from './lint-globals.ts';
import { lintMethods } from './lint-methods.ts';
import { parseCode, walk, type AnyNode, type Program } from './syntax-tree.ts';

/** Names that exist in sandboxed code without being declared. */
const SANDBOX_GLOBALS = ['require', 'data', 'undefined'];

/**
 * What Google Tag Manager's sandbox would refuse in this code. Where the limits of its language are
 * not documented, the answer is to refuse.
 */
export function lintCode(code: string, globals = SANDBOX_GLOBALS): Complaint[] {
	let program: Program;
	try {
		program = parseCode(code);
	} catch (error) {
		return [syntaxComplaint(error, 'correct the syntax')];
	}
	const complaints = [
		...lintSyntax(program),
		...lintMethods(program),
		...lintGlobals(program, globals),
	];
	return complaints.length > 0 ? complaints.sort((a, b) => a.line - b.line) : lintTokens(code);
}

export const explain = ({ line, what, instead }: Complaint) => `line ${line}: ${what}; ${instead}`;

/** What a newer edition of the language brought that leaves no trace in the tree. */
function lintTokens(code: string): Complaint[] {
	try {
		parse(code, { ecmaVersion: 6, allowReturnOutsideFunction: true });
		return [];
	} catch (error) {
		return [syntaxComplaint(error, 'write it in ES5 (no comma after the last argument)')];
	}
}

const syntaxComplaint = (error: unknown, instead: string): Complaint => ({
	line: (error as { loc?: { line: number } }).loc?.line ?? 1,
	what: (error as Error).message.replace(/ \(\d+:\d+\)$/, ''),
	instead,
});

function lintSyntax(program: Program): Complaint[] {
	const complaints: Complaint[] = [];
	walk(program, (node, ancestors) => {
		const refused = refusedNode(node, ancestors[0]);
		if (refused) {
			const [what, instead] = refused;
			complaints.push({ line: node.loc?.start.line ?? 1, what, instead });
		}
	});
	return complaints;
}

type Refusal = [what: string, instead: string];

const REFUSED: Partial<Record<AnyNode['type'], Refusal>> = {
	NewExpression: ['`new`', 'use a literal or an API'],
	ThisExpression: ['`this`', 'name the object'],
	TemplateLiteral: ['a template literal', 'join strings with +'],
	TaggedTemplateExpression: ['a tagged template', 'call the function with strings'],
	SpreadElement: ['spread', 'name each value, or use concat'],
	RestElement: ['rest parameters', 'name each parameter'],
	ObjectPattern: ['destructuring', 'read each property on its own'],
	ArrayPattern: ['destructuring', 'read each item on its own'],
	AssignmentPattern: ['a default parameter', 'test for undefined in the body'],
	ClassDeclaration: ['a class', 'use functions and plain objects'],
	ClassExpression: ['a class', 'use functions and plain objects'],
	AwaitExpression: ['`await`', 'pass a callback'],
	YieldExpression: ['`yield`', 'pass a callback'],
	ForInStatement: ['`for…in`', "use require('Object').keys"],
	TryStatement: ['`try`', 'test before you call'],
	ThrowStatement: ['`throw`', 'call data.gtmOnFailure() and return'],
	WithStatement: ['`with`', 'name the object'],
	DebuggerStatement: ['`debugger`', 'take it out'],
	ImportDeclaration: ['`import`', 'use require'],
	ImportExpression: ['`import`', 'use require or injectScript'],
	MetaProperty: ['a meta property', 'do without it'],
	ChainExpression: ['optional chaining', 'test each step with &&'],
	SequenceExpression: ['a comma between expressions', 'write two statements'],
	LabeledStatement: ['a label', 'use a function and return'],
};

function refusedNode(node: AnyNode, parent: AnyNode | undefined): Refusal | undefined {
	switch (node.type) {
		case 'Literal':
			if ('regex' in node && node.regex) {
				return ['a regular expression', 'use indexOf, split or substring'];
			}
			if ('bigint' in node && node.bigint) {
				return ['a big integer', 'use a number'];
			}
			return /^0[bo]|_/i.test(typeof node.value === 'number' ? (node.raw ?? '') : '')
				? ['a number of a newer kind', 'write it with decimal digits']
				: undefined;
		case 'FunctionDeclaration':
		case 'FunctionExpression':
		case 'ArrowFunctionExpression':
			if (node.async) {
				return ['an async function', 'pass a callback'];
			}
			return node.generator ? ['a generator', 'fill an array'] : undefined;
		case 'Property':
			if (node.kind !== 'init') {
				return ['a getter or setter', 'use a plain value or a function'];
			}
			return parent?.type === 'ObjectExpression' &&
				(node.shorthand || node.method || node.computed)
				? ['a shorthand, method or computed property', 'write name: value']
				: undefined;
		case 'BinaryExpression':
			return node.operator === 'instanceof' || node.operator === '**'
				? [`\`${node.operator}\``, "use require('getType') or require('Math')"]
				: undefined;
		case 'LogicalExpression':
			return node.operator === '??'
				? ['`??`', 'use || or compare with undefined']
				: undefined;
		case 'AssignmentExpression':
			return ['**=', '&&=', '||=', '??='].includes(node.operator)
				? [`\`${node.operator}\``, 'write the operation out']
				: undefined;
		case 'UnaryExpression':
			return node.operator === 'delete'
				? ['`delete`', "use require('Object').delete"]
				: undefined;
		default:
			return REFUSED[node.type];
	}
}
