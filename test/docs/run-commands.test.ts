import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLI, DIST, EDGE } from '../../build/paths.ts';
import { commandsIn, commandsOfPages, NOT_RUN } from './typed-commands.ts';

if (!existsSync(CLI)) {
	throw new Error('Nothing is built: run "npm run build" first.');
}

/** A reader's folder: what is built, and a token function that has been unpacked. */
const place = mkdtempSync(join(tmpdir(), 'app-inbox-commands-'));
symlinkSync(DIST, join(place, 'dist'));
cpSync(join(EDGE, 'node'), place, { recursive: true });
const ENVIRONMENT = {
	SITE_URL: 'http://127.0.0.1:1',
	ESPUTNIK_API_URL: 'http://127.0.0.1:1/api',
	ESPUTNIK_API_KEY: 'a-key-of-nobody-4f1c9e7b',
};
writeFileSync(
	join(place, 'app-inbox.env'),
	Object.entries(ENVIRONMENT)
		.map(([name, value]) => `${name}=${value}\n`)
		.join('')
);
afterAll(() => rmSync(place, { recursive: true }));

/** What a reader puts in for the words that stand for their own values. */
const filledIn = (text: string) =>
	text
		.replace(/^app-inbox /, 'node dist/cli/app-inbox.mjs ')
		.replace(/ESPUTNIK_API_KEY=\S+/, `ESPUTNIK_API_KEY=${ENVIRONMENT.ESPUTNIK_API_KEY}`)
		.replace(/\bID\b/, '9C41E07B5D2A48F6B3C8D19E6F7A0254')
		.replace(/\bURL\b/, 'https://inbox.example.com/app-inbox/token')
		.replace(/\bDIR\b/, 'gtm');

/** Types it into a shell there. Resolves at its end, or once it has said what is waited for. */
function type(text: string, until?: string): Promise<{ code: number | null; output: string }> {
	return new Promise((resolve) => {
		const { PATH } = process.env;
		const env = { PATH, PORT: '0', ...(/ serve\b/.test(text) ? ENVIRONMENT : {}) };
		// exec: a signal to the shell is one to the program.
		const typed = text.replace(/^((?:\w+=\S+ )*)(?=node )/, '$1exec ');
		const child = spawn('sh', ['-c', typed], { cwd: place, env });
		let output = '';
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			if (until && output.includes(until)) {
				child.kill();
			}
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('close', (code) => resolve({ code, output }));
	});
}

const LISTENS = '"event":"listening"';

/** The commands that are run, each with what it must come to. */
const RUN: Array<[command: RegExp, run: (text: string) => Promise<void>]> = [
	[
		/^(\w+=\S+ )*node server\.mjs$|^(node dist\/cli\/app-inbox\.mjs|app-inbox) serve\b/,
		async (text) => {
			const { code, output } = await type(text, LISTENS);
			expect(output).toContain(LISTENS);
			expect(code).toBe(0);
		},
	],
	[
		/^(node dist\/cli\/app-inbox\.mjs|app-inbox) gtm /,
		async (text) => {
			const { code, output } = await type(text);
			expect([code, output]).toEqual([0, expect.stringContaining('container.json')]);
		},
	],
	[
		/^(node dist\/cli\/app-inbox\.mjs|app-inbox) check --(?!jwt)/,
		async (text) => {
			const { code, output } = await type(text);
			// Nobody answers at these addresses, which is what it must say.
			expect(output).toMatch(/could not be reached/);
			expect(output).not.toMatch(/error: /);
			expect(code).toBe(1);
		},
	],
];

const commands = commandsOfPages();

describe('the commands of the documentation', () => {
	it('are found', () => {
		expect(commands.map(({ text }) => text)).toEqual(
			expect.arrayContaining(['npm ci', 'npm test'])
		);
	});

	it.each(commands)('$at: $text', async ({ at, text }) => {
		const [, run] = RUN.find(([command]) => command.test(text)) ?? [];
		if (run) {
			await run(filledIn(text));
		} else if (!NOT_RUN.some(([command]) => command.test(text))) {
			expect.fail(
				`${at}: nothing tries “${text}”. Run it in test/docs/run-commands.test.ts, or say in NOT_RUN of test/docs/typed-commands.ts why it is not run.`
			);
		}
	});

	it('are read out of blocks, line by line, and out of the text', () => {
		const page = [
			'Type `npm run a && npm run b`, not `code`, nor `npm`.',
			'```sh',
			'# A remark.',
			'$ A=1 node x.mjs \\',
			'  --long   # why',
			'',
			'```',
			'```js',
			'npm run no',
			'```',
			'   ```bash',
			'   cd x && ls',
			'   ```',
		].join('\n');
		expect(commandsIn('PAGE.md', page)).toEqual([
			{ at: 'PAGE.md:1', text: 'npm run a' },
			{ at: 'PAGE.md:1', text: 'npm run b' },
			{ at: 'PAGE.md:5', text: 'A=1 node x.mjs --long' },
			{ at: 'PAGE.md:12', text: 'cd x' },
			{ at: 'PAGE.md:12', text: 'ls' },
		]);
	});
});
