import { execFile, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleForTests, runNode, type Bundle } from './node-process.ts';
import type { ServerProcess } from './server-process.ts';
import { startUpstream, tokenOf, vendorUsually, type Upstream } from './upstreams.ts';

/** The samples that sites copy into their back ends, each run by its own language. */
const FOLDER = join(import.meta.dirname, '../../docs/other-sites');
const PROGRAMS: Record<string, string> = {
	php: 'php',
	mjs: process.execPath,
	py: 'python3',
	rb: 'ruby',
};
/** What both sides have; the back end's owner wrote the address with a slash. */
const SITE = 'https://shop.example';
const SECRET = 'q7Tz+Kf/3vLw9xRb2YhN5mPc8sJd4uGa';

const run = promisify(execFile);
let bundle: Bundle;
let vendor: Upstream;
let server: ServerProcess;
let address: string;

beforeAll(async () => {
	[bundle, vendor] = await Promise.all([bundleForTests(), startUpstream(vendorUsually)]);
	server = runNode(bundle.file, {
		SITE_URL: SITE,
		ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
		ESPUTNIK_API_URL: `${vendor.url}/api`,
		IDENTITY_SECRET: SECRET,
	});
	address = `${await server.listening}/token`;
});
afterAll(async () => {
	await server?.stop();
	await vendor?.close();
	await bundle?.remove();
});
beforeEach(() => vendor.reset());

describe.each(Object.entries(PROGRAMS))('identity.%s', (ending, program) => {
	const missing = spawnSync(program, ['--version']).status !== 0;
	if (missing && process.env.APP_INBOX_RUNTIMES === 'required') {
		throw new Error(`No ${program}: install it.`);
	}
	const inLanguage = it.skipIf(missing);
	if (missing) {
		console.warn(`Skipped identity.${ending}: there is no ${program}. Install it to try it.`);
	}
	const sign = async (args: string[], env: Record<string, string> = {}) => {
		const { stdout } = await run(program, [join(FOLDER, `identity.${ending}`), ...args], {
			env: {
				PATH: process.env.PATH,
				HOME: process.env.HOME,
				// Else Ruby takes its arguments for ASCII.
				LANG: 'C.UTF-8',
				SITE_URL: `${SITE}/`,
				IDENTITY_SECRET: SECRET,
				...env,
			},
		});
		return stdout.trim();
	};

	inLanguage.each([
		['42', 'ann@example.com'],
		['0042', undefined],
		[`o'Brien "Ann" \\ </script> 🔔 Ївга`, 'ївга@приклад.укр'],
	])('signs the customer %s (%s)', async (id, email) => {
		const jwt = await sign([id, ...(email === undefined ? [] : [email])]);
		const contact = { externalCustomerId: id, ...(email !== undefined && { email }) };
		expect(await ask(jwt)).toEqual({ status: 200, token: tokenOf(contact) });
		expect(vendor.requests.map(({ body }) => JSON.parse(body))).toEqual([contact]);
	});
	inLanguage('lives for a quarter of an hour, from now on', async () => {
		const { iat, exp } = JSON.parse(
			Buffer.from((await sign(['42'])).split('.')[1]!, 'base64url').toString()
		);
		expect(exp - iat).toBe(900);
		expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(30);
	});
	inLanguage('is refused when somebody changes who it is', async () => {
		const [head, claims, signature] = (await sign(['42'])).split('.') as [string, ...string[]];
		const changed = Buffer.from(claims!, 'base64url').toString().replace('42', '43');
		const jwt = [head, Buffer.from(changed).toString('base64url'), signature].join('.');
		expect(await ask(jwt)).toEqual({ status: 401 });
		expect(vendor.requests).toEqual([]);
	});
	inLanguage('is refused with another secret, and from another site', async () => {
		expect(await ask(await sign(['42'], { IDENTITY_SECRET: `${SECRET}x` }))).toEqual({
			status: 401,
		});
		expect(await ask(await sign(['42'], { SITE_URL: 'https://other.example' }))).toEqual({
			status: 401,
		});
	});
	// Many back ends have 0 for a guest, as a number or as a text.
	inLanguage.each(['', '0'])('signs nothing for a guest, %j', async (id) =>
		expect(await sign([id])).toBe('')
	);
	inLanguage.each(['SITE_URL', 'IDENTITY_SECRET'])('does nothing without %s', async (name) => {
		const env = { ...process.env, SITE_URL: SITE, IDENTITY_SECRET: SECRET, [name]: undefined };
		await expect(
			run(program, [join(FOLDER, `identity.${ending}`), '42'], { env })
		).rejects.toThrow();
	});
});

it('the page about other sites names every sample, and no other', async () => {
	const text = await readFile(join(FOLDER, 'README.md'), 'utf8');
	const linked = [...text.matchAll(/\]\((identity\.\w+)\)/g)].map(([, file]) => file);
	const files = (await readdir(FOLDER)).filter((name) => name.startsWith('identity.'));
	expect(linked.sort()).toEqual(files.sort());
	expect(files.map((name) => name.split('.')[1]).sort()).toEqual(Object.keys(PROGRAMS).sort());
});

/** What the function answers to a page of the site that shows this credential. */
async function ask(jwt: string) {
	const answer = await fetch(address, {
		method: 'POST',
		headers: { origin: SITE, authorization: `Bearer ${jwt}` },
	});
	const { token } = (await answer.json()) as { token?: string };
	return { status: answer.status, ...(token !== undefined && { token }) };
}
