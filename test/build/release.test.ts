import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { planRelease } from '../../build/release/plan.ts';
import { FILES, versionsIn } from '../../build/release/places.ts';
import { release } from '../../build/release/release.ts';
import { VERSION } from '../../build/version.ts';
import { parseReadme, partsOf } from '../plugin/readme.ts';
import { killGroup } from '../stack/servers.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'app-inbox-release-'));
const root = join(FOLDER, 'repository');
const remote = join(FOLDER, 'remote.git');
/** There are no packages in the repository of the test. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const README = 'plugin/readme.txt';
const TODAY = '2031-02-03';
const CHANGELOG = `# Changelog

## Unreleased

The bell no longer rings twice.

- A bell of \`gold\`.
- Fewer clicks.

## 0.1.0 (2030-01-01)

- The first one.
`;

const git = (...args: string[]) =>
	execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const versions = () => versionsIn(Object.fromEntries(FILES.map((file) => [file, read(file)])));
/** All that a release may change. */
const state = () => [git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain')];

function commit(message: string): void {
	git('add', '--all');
	git('commit', '--quiet', '-m', message);
}

/** What stands for the build: it must find the new version, and may fail. */
const BUILD = `node -e "
	const fs = require('node:fs');
	if (fs.existsSync('.git/broken')) process.exit(1);
	if (fs.existsSync('.git/slow')) { console.log('building'); setInterval(() => {}, 1000); }
	fs.mkdirSync('dist', { recursive: true });
	fs.writeFileSync('dist/built', require('./package.json').version);
"`.replace(/\s+/g, ' ');

beforeEach(() => {
	rmSync(FOLDER, { recursive: true, force: true });
	for (const file of [...FILES, '.gitignore']) {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		cpSync(join(ROOT, file), join(root, file));
	}
	const manifest = JSON.parse(read('package.json'));
	manifest.version = '0.1.0';
	manifest.scripts = { artefacts: BUILD };
	write('package.json', `${JSON.stringify(manifest, null, '\t')}\n`);
	for (const file of FILES) {
		write(file, read(file).replaceAll(VERSION, '0.1.0'));
	}
	write('CHANGELOG.md', CHANGELOG);
	execFileSync('git', ['init', '--quiet', '--bare', remote]);
	git('init', '--quiet', '--initial-branch', 'main');
	git('config', 'user.name', 'A maintainer');
	git('config', 'user.email', 'maintainer@example.com');
	git('remote', 'add', 'origin', remote);
	commit('Begin');
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

const command = (...args: string[]) => ['--import', TSX, join(ROOT, 'build/release.ts'), ...args];

/** `npm run release -- …` in the repository. */
const run = (...args: string[]) =>
	spawnSync(process.execPath, command(...args), { cwd: root, encoding: 'utf8' });

it('finds one version in all places of this repository', () => {
	const texts = FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]);
	expect(new Set(versionsIn(Object.fromEntries(texts)))).toEqual(new Set([VERSION]));
});

describe('npm run release', () => {
	it('bumps, writes the news, builds, commits and tags, and pushes nothing', () => {
		const { status, stdout, stderr } = run('minor');
		expect([status, stderr]).toEqual([0, '']);
		expect(stdout).toContain('git push origin main v0.2.0');

		expect(new Set(versions())).toEqual(new Set(['0.2.0']));
		expect(read('dist/built')).toBe('0.2.0');
		expect(git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
		expect(git('status', '--porcelain')).toBe('');
		expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
		expect(git('cat-file', '-t', 'v0.2.0')).toBe('tag');
		expect(git('ls-remote', 'origin')).toBe('');
		expect(git('diff', '--name-only', 'HEAD~').split('\n').sort()).toEqual(
			[...FILES, 'CHANGELOG.md'].sort()
		);
	});

	it('shows with --dry-run what would happen, and changes nothing', () => {
		const before = state();
		const { status, stdout } = run('minor', '--dry-run');
		expect(status).toBe(0);
		expect(stdout).toContain('0.2.0');
		expect(stdout).toContain('A bell of `gold`.');
		expect(stdout).toContain('plugin/readme.txt');
		expect(state()).toEqual(before);
		expect(new Set(versions())).toEqual(new Set(['0.1.0']));
	});

	it('leaves everything as it was when the build fails', () => {
		const before = state();
		write('.git/broken', '');
		const { status, stderr } = run('minor');
		expect(status).toBe(1);
		expect(stderr).toContain('Nothing is released, and the files are as before.');
		expect(state()).toEqual(before);
	});

	it('leaves everything as it was after Ctrl-C', async () => {
		const before = state();
		write('.git/slow', '');
		// A group of its own, which a terminal would send the signal to as a whole.
		const child = spawn(process.execPath, command('minor'), { cwd: root, detached: true });
		onTestFinished(() => killGroup(child));
		let errors = '';
		child.stderr.on('data', (chunk: Buffer) => (errors += chunk));
		await once(child.stdout, 'data');
		expect(new Set(versions())).toEqual(new Set(['0.2.0']));
		process.kill(-child.pid!, 'SIGINT');
		expect(await once(child, 'close')).toEqual([1, null]);
		expect(errors).toContain('Nothing is released, and the files are as before.');
		expect(state()).toEqual(before);
	});

	it('leaves everything as it was when there can be no tag', () => {
		// A tag below that name, where git keeps a folder then.
		git('tag', 'v0.2.0/old');
		const before = state();
		const { status, stderr } = run('minor');
		expect(status).toBe(1);
		expect(stderr).toContain('Nothing is released, and the files are as before.');
		expect(state()).toEqual(before);
		expect(new Set(versions())).toEqual(new Set(['0.1.0']));
	});

	it('says in one line why there is none', () => {
		write(README, 'changed');
		const { status, stdout, stderr } = run('patch');
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toBe(
			'There are changes that are not committed. Commit them or put them away.\n'
		);
	});

	it('wants to know which version', () => {
		expect(run().stderr).toMatch(/missing required argument 'version'/);
	});
});

describe('the version', () => {
	it.each([
		['patch', '0.1.1'],
		['minor', '0.2.0'],
		['major', '1.0.0'],
		['0.1.0', '0.1.0'],
		['0.10.3', '0.10.3'],
	])('%s makes of 0.1.0 %s', async (bump, version) => {
		expect(await planRelease(root, bump, TODAY)).toMatchObject({
			ok: true,
			plan: { version, tag: `v${version}` },
		});
	});
});

describe('the news', () => {
	const released = async (bump: string) => {
		const planned = await planRelease(root, bump, TODAY);
		if (!planned.ok) {
			throw new Error(planned.message);
		}
		await release(root, planned.plan, async () => {});
		return parseReadme(read(README)).sections;
	};
	const news = (notice: string) => {
		const text = read('CHANGELOG.md').replace(
			'## Unreleased\n',
			`## Unreleased\n\n${notice}- More.\n`
		);
		write('CHANGELOG.md', text);
		commit('Change');
	};

	it('go under the version and the day, with nothing unreleased', async () => {
		await released('minor');
		expect(read('CHANGELOG.md')).toBe(
			CHANGELOG.replace('## Unreleased\n', `## Unreleased\n\n## 0.2.0 (${TODAY})\n`)
		);
	});

	it('go into readme.txt, newest first, and nothing else there changes', async () => {
		const before = parseReadme(read(README)).sections;
		const after = await released('minor');
		expect([...partsOf(after.get('Changelog')!)]).toEqual([
			['0.2.0', '* A bell of `gold`.\n* Fewer clicks.'],
			...partsOf(before.get('Changelog')!),
		]);
		expect([...partsOf(after.get('Upgrade Notice')!)][0]).toEqual([
			'0.2.0',
			'The bell no longer rings twice.',
		]);
		for (const title of ['Changelog', 'Upgrade Notice']) {
			before.delete(title);
			after.delete(title);
		}
		expect(after).toEqual(before);
	});

	it('of the first release stand there once', async () => {
		const changes = partsOf((await released('0.1.0')).get('Changelog')!);
		expect([...changes]).toEqual([['0.1.0', '* A bell of `gold`.\n* Fewer clicks.']]);
	});

	it('of three versions are in readme.txt, and of all in CHANGELOG.md', async () => {
		for (const bump of ['0.1.0', 'patch', 'patch', 'minor']) {
			const sections = await released(bump);
			expect(sections.has('Upgrade Notice')).toBe(true);
			news('');
		}
		const { sections } = parseReadme(read(README));
		expect([...partsOf(sections.get('Changelog')!).keys()]).toEqual([
			'0.2.0',
			'0.1.2',
			'0.1.1',
		]);
		expect(partsOf(sections.get('Upgrade Notice')!).get('0.2.0')).toMatch(/changelog/);
		expect(read('CHANGELOG.md').match(/^## .*/gm)).toEqual([
			'## Unreleased',
			`## 0.2.0 (${TODAY})`,
			`## 0.1.2 (${TODAY})`,
			`## 0.1.1 (${TODAY})`,
			`## 0.1.0 (${TODAY})`,
			'## 0.1.0 (2030-01-01)',
		]);
	});
});

describe('there is no release', () => {
	it.each<[string, () => void, bump: string, message: RegExp]>([
		[
			'of another branch',
			() => git('switch', '--quiet', '-c', 'other'),
			'patch',
			/this is other/,
		],
		['of no branch', () => git('switch', '--quiet', '--detach'), 'patch', /this is HEAD/],
		['with changes', () => write('package.json', '{}'), 'patch', /not committed/],
		['with new files', () => write('new.txt', ''), 'patch', /not committed/],
		[
			'without news',
			() => changelog(CHANGELOG.replace(/^- [AF].*\n/gm, '')),
			'patch',
			/no list/,
		],
		['without their heading', () => changelog('# Changelog\n'), 'patch', /no list/],
		[
			'with a long reason to upgrade',
			() => changelog(CHANGELOG.replace('twice', 'twice'.repeat(60))),
			'patch',
			/has 326 characters/,
		],
		['of a word', () => {}, 'huge', /“huge” is neither/],
		['of half a version', () => {}, '1.2', /neither/],
		['of an older version', () => {}, '0.0.9', /0\.0\.9 is older than 0\.1\.0/],
		['twice', () => git('tag', 'v0.1.0'), '0.1.0', /there is a tag v0\.1\.0/],
		[
			'where the files disagree',
			() => {
				write(README, read(README).replace('0.1.0', '0.0.7'));
				commit('Forget');
			},
			'patch',
			/disagree about the version: 0\.1\.0, 0\.0\.7/,
		],
	])('%s', async (_, prepare, bump, message) => {
		prepare();
		expect(await planRelease(root, bump, TODAY)).toEqual({
			ok: false,
			message: expect.stringMatching(message),
		});
	});

	it('where readme.txt has no place for the news', async () => {
		write(README, read(README).replace('== Changelog ==', '== News =='));
		commit('Change');
		await expect(planRelease(root, 'patch', TODAY)).rejects.toThrow(
			/readme\.txt has no section “Changelog”/
		);
	});

	function changelog(text: string): void {
		write('CHANGELOG.md', text);
		commit('Change');
	}
});
