import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gtmFiles } from '../../src/gtm/index.ts';
import { ENDPOINT, SCRIPT_ID, settingsOf, sources } from '../gtm/example.ts';
import { tagFields } from '../gtm/sandbox/run-container.ts';
import {
	CLASPO,
	INIT,
	loader,
	OTHER_ID,
	scriptUrl,
	snippet,
	STATICS,
	twoElements,
	WEB_PUSH,
} from '../esputnik/snippets.ts';
import { bundleProgram, type Program } from './program.ts';

const GOOD = ['--script', SCRIPT_ID, '--endpoint', ENDPOINT];

let program: Program;
beforeAll(async () => {
	program = await bundleProgram();
});
afterAll(() => program.remove());

let folders = 0;
const newFolder = () => join(program.folder, `out-${++folders}`);
const gtm = (out: string, ...args: string[]) => program.run(['gtm', '--out', out, ...args]);
const filesIn = async (folder: string) =>
	Object.fromEntries(
		await Promise.all(
			(await readdir(folder)).map(async (name) => [
				name,
				await readFile(join(folder, name), 'utf8'),
			])
		)
	);

it('writes both files, and says where and what to do with them', async () => {
	const out = join(newFolder(), 'deep');
	const { code, stdout, stderr } = await gtm(out, ...GOOD, '--language', 'en');
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(await filesIn(out)).toEqual(gtmFiles(sources, settingsOf({ language: 'en' })));
	const lines = stdout.split('\n');
	expect(lines.slice(0, 2)).toEqual([join(out, 'template.tpl'), join(out, 'container.json')]);
	expect(stdout).toContain('Admin → Import Container');
	expect(stdout).toMatch(/choose\s+Overwrite conflicting tags, triggers, and variables/);
});

it('writes them again over the old ones', async () => {
	const out = newFolder();
	await gtm(out, ...GOOD);
	const options = [
		...['--recommendations', '--tracking', '--script-host', 'statics.esputnik.com'],
		...['--identity-url', '/blog/?app-inbox=identity'],
	];
	expect((await gtm(out, ...GOOD, ...options)).code).toBe(0);
	const settings = settingsOf({
		features: { recommendations: true, tracking: true },
		scriptHost: 'statics.esputnik.com',
		identityUrl: '/blog/?app-inbox=identity',
	});
	expect(await filesIn(out)).toEqual(gtmFiles(sources, settings));
});

it.each([
	['none', 'none'],
	['ad_storage', 'marketing'],
	['analytics_storage', 'statistics'],
	['personalization_storage', 'preferences'],
	['functionality_storage', 'functional'],
])('tracking waits for the consent %s', async (type, consent) => {
	const out = newFolder();
	expect((await gtm(out, ...GOOD, '--tracking', '--consent', type)).code).toBe(0);
	const files = await filesIn(out);
	expect(files).toEqual(gtmFiles(sources, settingsOf({ features: { tracking: true }, consent })));
	expect(tagFields(files['container.json']!, [])[0]).toMatchObject({ consent: type });
});

it('says what tracking waits for, and where to change it', async () => {
	const waits = 'wait for the consent ad_storage. --consent or the tag itself changes that.';
	expect((await gtm(newFolder(), ...GOOD, '--recommendations')).stdout).toContain(waits);
	expect((await gtm(newFolder(), ...GOOD)).stdout).not.toContain('ad_storage');
	const { stdout } = await gtm(newFolder(), ...GOOD, '--tracking', '--consent', 'none');
	expect(stdout).not.toContain('wait for');
});

const HOST = { host: STATICS };
const OFF = INIT.flags('{RECOMS: false, TRACKING: false}');
const bare = snippet(INIT.bare, HOST);
const both = { features: { recommendations: true, tracking: true } };

it.each<[string, string, string[], object]>([
	['vendor’s snippet', bare, [], both],
	[
		'vendor’s page’s own',
		twoElements(INIT.inbox, HOST),
		[],
		{ features: { recommendations: true } },
	],
	['loader alone', `<script>${loader(HOST)}</script>`, [], {}],
	['snippet that switches nothing on', snippet(OFF, HOST), [], {}],
	[
		'snippet and an option beside it',
		snippet(OFF, HOST),
		['--tracking'],
		{ features: { tracking: true } },
	],
	['snippet and a no', bare, ['--no-tracking'], { features: { recommendations: true } }],
	['snippet and two noes', bare, ['--no-tracking', '--no-recommendations'], {}],
	['snippet that stays', bare, ['--keep-snippet'], { ...both, script: 'site' }],
])('takes the %s, with what it switches on', async (_name, script, options, settings) => {
	const out = newFolder();
	const { code, stderr } = await gtm(out, '--endpoint', ENDPOINT, '--script', script, ...options);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	const expected = settingsOf({ scriptHost: 'statics.esputnik.com', ...settings });
	expect(await filesIn(out)).toEqual(gtmFiles(sources, expected));
});

it('says what it switched on because the snippet has it, and what takes it back', async () => {
	const said = async (...options: string[]) => {
		const call = ['--endpoint', ENDPOINT, '--script', bare, ...options];
		return (await gtm(newFolder(), ...call)).stdout.replace(/\s+/g, ' ');
	};
	expect(await said()).toContain(
		'Your snippet uses recommendations and tracking, so the tag does too: nothing is lost when you ' +
			'take it off your site. If it stays there, give --keep-snippet; without recommendations and ' +
			'tracking, --no-recommendations --no-tracking.'
	);
	expect(await said('--tracking')).toMatch(/uses recommendations, so .* --no-recommendations\./);
	expect(await said('--no-tracking', '--recommendations')).not.toContain('Your snippet');
	expect(await said('--keep-snippet')).toContain('so the tag does too. Recommendations and');
});

it.each([
	['the example of the documentation', snippet(INIT.bare, { id: 'UUID' }), /documentation/],
	['an API key', 'canary0123456789ABCDEF01234', /looks like an API key/],
	['the web push script', WEB_PUSH, /web push script/],
	['Claspo’s script', CLASPO, /does not come from eSputnik/],
	['two accounts', bare + snippet(INIT.bare, { id: OTHER_ID }), /two different/],
	['an address that is cut off', scriptUrl({ id: '123' }), /cut off/],
])('says what %s is, in one line without it', async (_name, script, expected) => {
	const out = newFolder();
	const { code, stdout, stderr } = await gtm(out, ...GOOD, '--script', script);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^app-inbox: --script: [^\n]+\. Nothing is written\.\n$/);
	expect(stderr).toMatch(expected);
	for (const part of script.match(/\w{20,}/g) ?? []) {
		expect(stderr).not.toContain(part);
	}
	await expect(readdir(out)).rejects.toThrow('ENOENT');
});

it.each([
	[['--script', '123canary'], /^--script: A script id has 32 digits/],
	[['--script', ''], /^--script: Give your script id/],
	[['--endpoint', ''], /^--endpoint: Give the address/],
	[['--endpoint', 'http://canary.example.com/token'], /^--endpoint: .* https:\/\//],
	[['--endpoint', 'https://canary.example.com:8443/token'], /^--endpoint: .* without a port/],
	[['--endpoint', 'https://u:canary@a.example.com/token'], /^--endpoint: .* before the @/],
	[['--endpoint', 'https://canary/token'], /^--endpoint: .* full domain name/],
	[['--endpoint', 'https://canary.example.com/'], /^--endpoint: .* ends with \/token/],
	[['--language', 'canary'], /^--language: .* such as uk or en, or auto/],
	[['--consent', 'canary'], /^--consent: .* ad_storage, .* or none/],
	[['--consent', 'marketing'], /^--consent: .* ad_storage, .* or none/],
	[
		['--identity-url', 'https://canary.example/'],
		/^--identity-url: .* \/blog\/\?app-inbox=identity\./,
	],
	[['--script-host', 'canary.example'], /^--script-host: .*statics\.esputnik\.com/],
])('bad input is one clear line, exit code 1, and nothing written: %j', async (bad, expected) => {
	const out = newFolder();
	const { code, stdout, stderr } = await gtm(out, ...GOOD, ...bad);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^app-inbox: [^\n]+\. Nothing is written\.\n$/);
	expect(stderr.slice('app-inbox: '.length)).toMatch(expected);
	expect(stderr).not.toContain('canary');
	await expect(readdir(out)).rejects.toThrow('ENOENT');
});

it.each([
	[['--script', SCRIPT_ID], /required option '--endpoint <url>' not specified/],
	[['--endpoint', ENDPOINT], /required option '--script <id>' not specified/],
	[[...GOOD, '--langage', 'en'], /unknown option '--langage' \(Did you mean --language\?\)/],
])('wrong usage is one line and exit code 2: %j', async (args, expected) => {
	const { code, stderr } = await gtm(newFolder(), ...args);
	expect(code).toBe(2);
	expect(stderr).toMatch(/^app-inbox: [^\n]+\n$/);
	expect(stderr).toMatch(expected);
});

it('writes neither file where one of them cannot be', async () => {
	const out = newFolder();
	await mkdir(join(out, 'container.json'), { recursive: true });
	const { code, stderr } = await gtm(out, ...GOOD);
	expect(code).toBe(1);
	expect(stderr).toBe(
		'app-inbox: --out contains a folder of the name container.json: move it away. Nothing is written.\n'
	);
	expect(await readdir(out)).toEqual(['container.json']);
});

it('says why a folder cannot be written to', async () => {
	const file = newFolder();
	await writeFile(file, '');
	for (const out of [file, join(file, 'below')]) {
		const { code, stderr } = await gtm(out, ...GOOD);
		expect(code).toBe(1);
		expect(stderr).toMatch(
			/^app-inbox: --out cannot be written to: [^\n]+ is a file\. Name a folder\. Nothing is written\.\n$/
		);
	}
});

it('helps on one screen', async () => {
	const { code, stdout } = await program.run(['gtm', '--help']);
	expect(code).toBe(0);
	const lines = stdout.split('\n');
	expect(lines.length).toBeLessThan(24);
	expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});
