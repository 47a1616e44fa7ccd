import ts from 'typescript';
import { functionNamed, messagesOf, type Call, type Message } from './message.ts';

export function messagesOfTypeScript(file: string, source: string): Message[] {
	const calls: Call[] = [];
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest);
	const visit = (node: ts.Node) => {
		if (ts.isCallExpression(node)) {
			const name = functionNamed(calledName(node.expression));
			if (name) {
				calls.push({
					name,
					args: node.arguments.map(literal),
					offset: node.getStart(tree),
				});
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return messagesOf(file, source, calls);
}

/** `__` of `__( … )` and of `i18n.__( … )`. */
function calledName(called: ts.Expression): string {
	if (ts.isPropertyAccessExpression(called)) {
		return called.name.text;
	}
	return ts.isIdentifier(called) ? called.text : '';
}

function literal(node: ts.Expression): string | null {
	if (ts.isStringLiteralLike(node)) {
		return node.text;
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [literal(node.left), literal(node.right)];
		return left === null || right === null ? null : left + right;
	}
	return null;
}
