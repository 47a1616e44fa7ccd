import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../build/paths.ts';
import { PAGES } from './pages.ts';

/** A command that a page tells its reader to type. */
export interface Command {
	/** Where it stands: README.md:11. */
	at: string;
	text: string;
}

export const commandsOfPages = (): Command[] =>
	PAGES.filter((page) => page.endsWith('.md')).flatMap((page) =>
		commandsIn(page, readFileSync(join(ROOT, page), 'utf8'))
	);

const PROGRAMS = 'npm|npx|node|git|docker|openssl|app-inbox';

/**
 * The lines of the blocks marked `sh`, `bash`, `shell` or `console`, and in the text what is marked
 * as code and begins with a program. What `&&` joins counts one by one.
 */
export function commandsIn(page: string, text: string): Command[] {
	const commands: Command[] = [];
	let fence: string | null = null;
	let begun = '';
	for (const [index, line] of text.split('\n').entries()) {
		const at = `${page}:${index + 1}`;
		const [, mark] = /^\s*```(\w*)/.exec(line) ?? [];
		if (mark !== undefined) {
			fence = fence === null ? mark : null;
		} else if (fence === null) {
			const inline = line.matchAll(new RegExp(`\`((?:${PROGRAMS}) [^\`]+)\``, 'g'));
			commands.push(...[...inline].flatMap(([, code]) => split(at, code!)));
		} else if (/^(sh|bash|shell|console)$/.test(fence)) {
			const typed = begun + line.trim().replace(/^\$ /, '');
			begun = typed.endsWith('\\') ? typed.slice(0, -1) : '';
			if (begun === '' && typed !== '' && !typed.startsWith('#')) {
				commands.push(...split(at, typed));
			}
		}
	}
	return commands;
}

const split = (at: string, code: string): Command[] =>
	code.split(/\s*&&\s*/).map((text) => ({ at, text: text.replace(/\s+# .*$/, '').trim() }));

/** Why a command is not run; commands.test.ts looks whether npm knows it. */
export const NOT_RUN: Array<[command: RegExp, reason: string]> = [
	[/^npm ci( --prefix test\/[\w-]+)?$/, 'It has run, or this would not.'],
	[/^(npm test|npx vitest run|npm run test:(stack|matrix))\b/, 'It runs this.'],
	[/^npm run (build|check:lint|check:types)$/, '`npm test` runs it first.'],
	[/^npm run (artefacts|release)\b/, 'test/build runs it.'],
	[
		/^npm run demo\b/,
		'test/e2e/demo.test.ts runs it, with `--check`; without, it does not end by itself.',
	],
	[/^npm run (bench|screens|store)\b/, 'It takes minutes, or draws pictures for the repository.'],
	[/^npm run (format|translations|gtm-template|gtm-release)\b/, 'It writes into the repository.'],
	[/^npx (wrangler|vercel|netlify-cli) /, 'It deploys to a hosted place, with its account.'],
	[
		/^(node dist\/cli\/app-inbox\.mjs|app-inbox check( --jwt)?|app-inbox gtm)$/,
		'It is a name, or needs more.',
	],
	[/^(docker|git|openssl) /, 'It is a program of the system’s.'],
];
