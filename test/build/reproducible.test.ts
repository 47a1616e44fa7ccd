import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { copySources } from './copy.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'app-inbox-reproducible-'));

/** Two people's machines, as far as they may differ. */
const MACHINES = [
	{ folder: 'a', umask: '022', env: { TZ: 'Asia/Kathmandu', LC_ALL: 'C', COLUMNS: '40' } },
	{
		folder: 'a longer name, with blanks',
		umask: '077',
		env: { TZ: 'America/St_Johns', LC_ALL: 'uk_UA.UTF-8', CI: 'true' },
		// More than a year later.
		clock: 400 * 24 * 3600_000 + 12_345_678,
	},
];
type Machine = (typeof MACHINES)[number];

const setClock = (milliseconds: number) => `const RealDate = Date;
globalThis.Date = class extends RealDate {
	constructor(...args) {
		super(...(args.length > 0 ? args : [Date.now()]));
	}
	static now() {
		return RealDate.now() + ${milliseconds};
	}
};`;

/** Builds everything there and answers each file by its path in dist/. */
async function build({ folder, umask, env, clock = 0 }: Machine) {
	const root = join(FOLDER, folder);
	mkdirSync(root, { recursive: true });
	copySources(root);
	const clockFile = join(root, '.cache/clock.cjs');
	mkdirSync(join(root, '.cache'));
	writeFileSync(clockFile, setClock(clock));
	const command = ['-c', `umask ${umask} && exec "$0" "$@"`, process.execPath];
	await promisify(execFile)('sh', [...command, '--import', 'tsx', 'build/artefacts.ts'], {
		cwd: root,
		env: {
			PATH: process.env.PATH,
			HOME: root,
			NODE_OPTIONS: `--require "${clockFile}"`,
			...env,
		},
	});
	return filesOf(join(root, 'dist'));
}

function filesOf(folder: string): Map<string, Buffer> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name))
		.sort();
	return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file)]));
}

const sumsOf = (files: Map<string, Buffer>) =>
	Object.fromEntries(
		[...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
	);

describe('two builds of one commit', () => {
	afterAll(() => rmSync(FOLDER, { recursive: true }));

	it(
		'are the same to the byte, wherever, whenever and by whomever',
		{ timeout: 240_000 },
		async () => {
			const [one, other] = await Promise.all(MACHINES.map(build));
			expect([...one!.keys()]).toEqual(
				expect.arrayContaining(['release/SHA256SUMS', 'edge/node/server.mjs'])
			);
			expect(sumsOf(other!)).toEqual(sumsOf(one!));
			// The packages are the same files in both copies; their place is in nothing that ships.
			const places = [ROOT, FOLDER];
			const named = [...one!].filter(
				([name, bytes]) =>
					!name.startsWith('bundled/') && places.some((place) => bytes.includes(place))
			);
			expect(named.map(([name]) => name)).toEqual([]);
		}
	);
});
