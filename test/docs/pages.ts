import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { parseDocument, visit, isScalar } from 'yaml';
import { ROOT } from '../../build/paths.ts';

/** Files below these folders whose names end so, as paths below the project's root. */
export const filesIn = (folders: string[], ending: RegExp): string[] =>
	folders.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)))
			.filter((path) => ending.test(path) && !path.includes('node_modules'))
			.sort()
	);

/** All text of such files. */
export const textIn = (folders: string[], ending: RegExp): string =>
	filesIn(folders, ending)
		.map((path) => readFileSync(join(ROOT, path), 'utf8'))
		.join('\n');

/** Every page that people read, as paths below the project's root. */
export const PAGES = [
	...readdirSync(ROOT).filter((name) => /^README.*\.md$/.test(name)),
	...filesIn(['docs', 'gtm-template', 'build/edge', 'src/edge'], /\.md$/),
	'docs/openapi.yaml',
];

/** What a page or a part of one writes as code: spans, and whole blocks. */
function codeIn(tokens: Token[], types = ['codespan', 'code']): string[] {
	const found: string[] = [];
	marked.walkTokens(tokens, (token) => {
		if (types.includes(token.type)) {
			found.push((token as Tokens.Codespan | Tokens.Code).text);
		}
	});
	return found;
}

export function tokensOf(page: string): Token[] {
	const text = readFileSync(join(ROOT, page), 'utf8');
	return marked.lexer(page.endsWith('.yaml') ? descriptionsIn(text) : text);
}

export const codeOf = (page: string): string[] => codeIn(tokensOf(page));
/** Without blocks, whose code is in languages of their own. */
export const spansOf = (page: string): string[] => codeIn(tokensOf(page), ['codespan']);

/** A page's tables, each a list of rows without its head, by the heading that it stands below. */
export function tablesOf(page: string): Array<{ heading: string; head: string[]; rows: Row[] }> {
	let heading = '';
	return tokensOf(page).flatMap((token) => {
		if (token.type === 'heading') {
			heading = token.text;
		}
		if (token.type !== 'table') {
			return [];
		}
		const { header, rows } = token as Tokens.Table;
		return [{ heading, head: header.map(({ text }) => text), rows: rows.map(toRow) }];
	});
}

/** The table whose head begins with this text. */
export function tableOf(page: string, first: string): Row[] {
	const table = tablesOf(page).find(({ head }) => head[0] === first);
	if (!table) {
		throw new Error(`${page} has no table that begins with “${first}”.`);
	}
	return table.rows;
}

/** The cells of a row: `text` as it is written, `code` what of it is code. */
export type Row = Array<{ text: string; code: string[] }>;

const toRow = (cells: Tokens.TableCell[]): Row =>
	cells.map(({ text, tokens }) => ({ text, code: codeIn(tokens) }));

/** The first piece of code in each row's first cell: what the row is about. */
export const namesIn = (rows: Row[]): string[] => rows.map(([cell]) => cell!.code[0]!);

/** The Markdown in an OpenAPI document. */
function descriptionsIn(yaml: string): string {
	const found: string[] = [];
	visit(parseDocument(yaml), {
		Pair(_, { key, value }) {
			if (isScalar(key) && key.value === 'description' && isScalar(value)) {
				found.push(String(value.value));
			}
		},
	});
	return found.join('\n\n');
}
