import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../build/paths.ts';

export interface Member {
	name: string;
	optional: boolean;
	/** The texts of a union of literals; empty where it is none. */
	literals: string[];
}

/** The members of an interface, as its file declares them. */
export function membersOf(file: string, interfaceName: string): Member[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
	const declaration = source.statements.find(
		(statement): statement is ts.InterfaceDeclaration =>
			ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName
	);
	if (!declaration) {
		throw new Error(`${file} declares no interface ${interfaceName}.`);
	}
	return declaration.members
		.filter(ts.isPropertySignature)
		.map(({ name, type, questionToken }) => ({
			name: (name as ts.Identifier).text,
			optional: questionToken !== undefined,
			literals: type && ts.isUnionTypeNode(type) ? type.types.flatMap(literalOf) : [],
		}));
}

const literalOf = (type: ts.TypeNode): string[] =>
	ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
