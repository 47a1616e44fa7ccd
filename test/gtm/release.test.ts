import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { release } from '../../build/gtm-release/release.ts';
import { GTM_TEMPLATE } from '../../build/paths.ts';

const BUILT = 'the built template\n';
const HOME = 'https://code.example.org/app-inbox';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'app-inbox-gtm-'));
	git('init', '--quiet');
	await metadata(HOME);
});
afterEach(() => rm(folder, { recursive: true }));

const git = (...args: string[]) =>
	execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
		encoding: 'utf8',
	}).trim();
const metadata = (home: string) =>
	writeFile(
		join(folder, 'metadata.yaml'),
		`homepage: ${home}\ndocumentation: ${home}\nversions: []\n`
	);
const commit = async (tpl: string) => {
	await writeFile(join(folder, 'template.tpl'), tpl);
	git('add', '.');
	git('commit', '--quiet', '--message', 'x', '--no-verify');
	return git('rev-parse', 'HEAD');
};
const written = () => readFile(join(folder, 'metadata.yaml'), 'utf8');

it('adds the commit of the template, newest first', async () => {
	const first = await commit(BUILT);
	expect(await release(folder, BUILT, ' First ')).toMatchObject({ ok: true });
	// What is committed later is not what the gallery is to take.
	git('commit', '--quiet', '--all', '--message', 'x', '--no-verify');
	const second = await commit('another\n');
	git('commit', '--quiet', '--allow-empty', '--message', 'x', '--no-verify');
	expect(await release(folder, 'another\n', 'Second: better')).toMatchObject({ ok: true });
	expect(parse(await written())).toEqual({
		homepage: HOME,
		documentation: HOME,
		versions: [
			{ sha: second, changeNotes: 'Second: better' },
			{ sha: first, changeNotes: 'First' },
		],
	});
});

it('changes nothing the second time', async () => {
	await commit(BUILT);
	await release(folder, BUILT, 'First');
	const before = await written();
	expect(await release(folder, BUILT, 'Again')).toEqual({
		ok: true,
		message: expect.stringContaining('There is nothing to do.'),
	});
	expect(await written()).toBe(before);
});

it.each([
	['a template that is not committed', undefined, BUILT, 'is not committed. Commit it'],
	['one of which an older one is committed', 'old', BUILT, 'is not committed. Commit it'],
	['one that its sources do not make', 'old', 'old', 'Run npm run gtm-template'],
	['none', undefined, undefined, 'Run npm run gtm-template'],
])('refuses %s', async (_, committed, there, message) => {
	if (committed !== undefined) {
		await commit(committed);
	}
	if (there !== undefined) {
		await writeFile(join(folder, 'template.tpl'), there);
	}
	const before = await written();
	expect(await release(folder, BUILT, 'First')).toEqual({
		ok: false,
		message: expect.stringContaining(message),
	});
	expect(await written()).toBe(before);
});

it('refuses notes that say nothing, and an address that is none', async () => {
	await commit(BUILT);
	expect(await release(folder, BUILT, ' ')).toMatchObject({ ok: false });
	await metadata('https://example.com/x');
	expect(await release(folder, BUILT, 'First')).toEqual({
		ok: false,
		message: expect.stringContaining('Put the address of the public repository'),
	});
	await writeFile(join(folder, 'metadata.yaml'), 'versions: {}\n');
	expect(await release(folder, BUILT, 'First')).toEqual({
		ok: false,
		message: expect.stringContaining('is not as the gallery wants it'),
	});
});

it('the folder is what the gallery asks for', async () => {
	expect(await readFile(join(GTM_TEMPLATE, 'LICENSE'), 'utf8')).toMatch(
		/^\s+Apache License\n\s+Version 2\.0/
	);
	const own = parse(await readFile(join(GTM_TEMPLATE, 'metadata.yaml'), 'utf8'));
	expect(Object.keys(own)).toEqual(['homepage', 'documentation', 'versions']);
});
