import { Engine, type Bin, type Call as PhpCall, type Node, type String as Text } from 'php-parser';
import { functionNamed, messagesOf, type Call, type Message } from './message.ts';

export function messagesOfPhp(file: string, source: string): Message[] {
	const engine = new Engine({ parser: { version: '7.4' }, ast: { withPositions: true } });
	const calls: Call[] = [];
	const visit = (value: unknown) => {
		if (Array.isArray(value)) {
			value.forEach(visit);
		} else if (isNode(value)) {
			const name = value.kind === 'call' ? calledName(value as PhpCall) : null;
			if (name) {
				calls.push({
					name,
					args: (value as PhpCall).arguments.map(literal),
					offset: value.loc?.start.offset ?? 0,
				});
			}
			Object.values(value).forEach(visit);
		}
	};
	visit(engine.parseCode(source, file).children);
	return messagesOf(file, source, calls);
}

/** What WordPress translates of the comment at the top of a plugin's main file. */
export const messagesOfHeader = (file: string, source: string): Message[] =>
	['Plugin Name', 'Description'].map((field) => {
		const [, text] = new RegExp(`^ \\* ${field}: +(.+)$`, 'm').exec(source) ?? [];
		if (!text) {
			throw new Error(`${file} has no “${field}” in its header.`);
		}
		return {
			text,
			comments: [`translators: ${field} in the list of plugins.`],
			files: [file],
		};
	});

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && 'kind' in value;

/** Core's functions are called by their bare name or, in a namespace, with a backslash before it. */
const calledName = ({ what }: PhpCall) =>
	typeof what.name === 'string' ? functionNamed(what.name.replace(/^\\/, '')) : null;

function literal(node: Node): string | null {
	if (node.kind === 'string') {
		return (node as Text).value;
	}
	if (node.kind === 'bin' && (node as Bin).type === '.') {
		const [left, right] = [literal((node as Bin).left), literal((node as Bin).right)];
		return left === null || right === null ? null : left + right;
	}
	return null;
}
