import type { Template } from './parse-template.ts';
import { prepareTests } from './run-tests.ts';
import { parseCode, walk, type AnyNode } from './syntax-tree.ts';

export interface Mutant {
	/** What was changed, in a form that a list of exceptions can quote. */
	name: string;
	line: number;
	code: string;
}

/** The mutants that no scenario of the template notices. */
export function unnoticed(template: Template): Mutant[] {
	const test = prepareTests(template);
	return mutantsOf(template.code).filter(({ code }) => {
		for (const { failures } of test(code)) {
			if (failures.length > 0) {
				return false;
			}
		}
		return true;
	});
}

/** Every small fault that a test of this code should notice. */
export function mutantsOf(code: string): Mutant[] {
	const mutants: Mutant[] = [];
	walk(parseCode(code), (node, ancestors) => {
		for (const [what, start, end, text] of faultsOf(node, ancestors, code)) {
			const line = node.loc?.start.line ?? 1;
			const source = code.slice(node.start, node.end).replace(/\s+/g, ' ');
			const shown = source.length > 60 ? `${source.slice(0, 57)}...` : source;
			mutants.push({
				name: `${what}: ${shown}`,
				line,
				code: code.slice(0, start) + text + code.slice(end),
			});
		}
	});
	return mutants;
}

type Fault = [what: string, start: number, end: number, text: string];

const OPPOSITE: Record<string, string> = {
	'===': '!==',
	'!==': '===',
	'==': '!=',
	'!=': '==',
	'<': '>=',
	'>': '<=',
	'<=': '>',
	'>=': '<',
	'&&': '||',
	'||': '&&',
	'+': '-',
	'-': '+',
	gtmOnSuccess: 'gtmOnFailure',
	gtmOnFailure: 'gtmOnSuccess',
};

function faultsOf(node: AnyNode, ancestors: AnyNode[], code: string): Fault[] {
	const whole = (what: string, text: string): Fault => [what, node.start, node.end, text];
	const source = ({ start, end }: AnyNode) => code.slice(start, end);
	// A loop whose head changes may never end.
	if (ancestors.some((above, index) => isLoopHead(above, ancestors[index - 1] ?? node))) {
		return [];
	}
	switch (node.type) {
		case 'IfStatement':
			return [
				negate(node.test),
				['empty the branch of', node.consequent.start, node.consequent.end, '{}'],
				...(node.alternate
					? [
							[
								'empty the else of',
								node.alternate.start,
								node.alternate.end,
								'{}',
							] as Fault,
						]
					: []),
			];
		case 'ConditionalExpression':
			return [negate(node.test)];
		case 'LogicalExpression':
			return swapOperator(node);
		case 'BinaryExpression':
			return swapOperator(node);
		case 'UnaryExpression':
			return node.operator === '!' ? [whole('drop the ! of', source(node.argument))] : [];
		case 'ExpressionStatement':
			return [whole('drop', ';')];
		case 'ReturnStatement':
			return [whole('drop', node.argument ? 'return;' : ';')];
		case 'Literal':
			return isRequired(ancestors[0]) ? [] : literal(node.value);
		case 'MemberExpression':
			return node.property.type === 'Identifier' && node.property.name.startsWith('gtmOn')
				? [
						[
							'swap the outcome',
							node.property.start,
							node.property.end,
							OPPOSITE[node.property.name] ?? '',
						],
					]
				: [];
		case 'Property': {
			const comma = /^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0;
			return [['drop the property', node.start, node.end + comma, '']];
		}
		case 'CallExpression': {
			const [first, last] = [node.arguments[0], node.arguments.at(-1)];
			return first && last && node.arguments.length > 1
				? [['drop the arguments after the first of', first.end, last.end, '']]
				: [];
		}
		case 'ArrowFunctionExpression':
		case 'FunctionExpression':
		case 'FunctionDeclaration':
			return [['empty the body of', node.body.start, node.body.end, '{}']];
		default:
			return [];
	}

	function negate(test: AnyNode): Fault {
		return ['negate the condition of', test.start, test.end, `!(${source(test)})`];
	}
	function swapOperator({
		left,
		right,
		operator,
	}: {
		left: AnyNode;
		right: AnyNode;
		operator: string;
	}) {
		const other = OPPOSITE[operator];
		return other === undefined
			? []
			: [
					whole(
						`write ${other} in`,
						code.slice(node.start, left.end) +
							code.slice(left.end, right.start).replace(operator, other) +
							code.slice(right.start, node.end)
					),
				];
	}
	function literal(value: unknown): Fault[] {
		if (typeof value === 'string') {
			return [whole('change the text', value === '' ? "'changed'" : "''")];
		}
		if (typeof value === 'boolean') {
			return [whole('flip', String(!value))];
		}
		return typeof value === 'number' ? [whole('add one to', String(value + 1))] : [];
	}
}

const isLoopHead = (loop: AnyNode, child: AnyNode) =>
	['ForStatement', 'WhileStatement', 'DoWhileStatement'].includes(loop.type) &&
	(loop as { body?: AnyNode }).body !== child;

const isRequired = (parent: AnyNode | undefined) =>
	parent?.type === 'CallExpression' &&
	parent.callee.type === 'Identifier' &&
	parent.callee.name === 'require';
