import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteAddress } from '../../src/edge/site-address.ts';
import { claimsOf, createKey, sign } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const PUNYCODE = 'https://xn--80aaf4a.xn--j1amh';
const SPELLINGS = ['https://кава.укр', 'https://Кава.УКР', PUNYCODE, `${PUNYCODE}:443`];

it.each(SPELLINGS.flatMap((one) => [one, `${one}/`]))('%s is that one site', (text) =>
	expect(siteAddress(text)).toBe(PUNYCODE)
);

it('keeps what makes another site of an address', () => {
	expect(siteAddress('https://a.example/Блог/')).toBe(
		'https://a.example/%D0%91%D0%BB%D0%BE%D0%B3'
	);
	expect(siteAddress('http://a.example:8080/Blog')).toBe('http://a.example:8080/Blog');
});

it.each([
	undefined,
	null,
	['https://a.example'],
	'',
	'a.example',
	'https:a.example',
	'https:\\\\a.example',
	'https://a.example\t',
	' https://a.example',
	'https://user@a.example',
	'https://a.example?',
	'https://a.example#',
	'https://a.example/b/..',
	'https://a.example/b/%2E%2e/',
	'https://a.example/./',
	'https://a.example\\b',
	'ftp://a.example',
])('%j is no address of a site', (text) => expect(siteAddress(text)).toBeNull());

it('is its own spelling', () => {
	fc.assert(
		fc.property(fc.webUrl(), (url) => {
			const address = siteAddress(url);
			expect(address === null || siteAddress(address) === address).toBe(true);
		})
	);
});

const OTHER_PORT = ['https://кава.укр:8443', `${PUNYCODE}:8443`];
const key = await createKey('key-1');

describe.each([
	...SPELLINGS.map((url) => [url, SPELLINGS, PUNYCODE] as const),
	...OTHER_PORT.map((url) => [url, OTHER_PORT, `${PUNYCODE}:8443`] as const),
])('a function of the site %s', (url, spellings, origin) => {
	describe.each([
		['', [''], ''],
		['/', [''], ''],
		['/blog', ['/blog'], '/blog'],
		['/blog/', ['/blog'], '/blog'],
		['/Блог/', ['/Блог', '/%D0%91%D0%BB%D0%BE%D0%B3'], '/%D0%91%D0%BB%D0%BE%D0%B3'],
	])('in the folder “%s”', (folder, folders, path) => {
		const platform = new FakePlatform(
			({ url: asked }) =>
				answered(asked.includes('keys') ? { keys: [key.jwk] } : { token: 't' }),
			{ SITE_URL: url + folder, IDENTITY_SECRET: undefined }
		);
		const ask = async (iss: string, from: string = origin) => {
			const jwt = await sign(claimsOf(iss, {}, platform.clock.now()), key);
			return (await platform.post({ origin: from, authorization: `Bearer ${jwt}` })).status;
		};

		it('believes each spelling of it, by the keys of one address', async () => {
			for (const one of spellings.flatMap((site) => folders.map((at) => site + at))) {
				expect([one, await ask(one)]).toEqual([one, 200]);
				expect([one, await ask(`${one}/`)]).toEqual([one, 200]);
			}
			const keys = platform.asked.filter(({ url: asked }) => asked.includes('keys'));
			expect(keys.map(({ url: asked }) => asked)).toEqual([
				`${origin}${path}/?app-inbox=keys`,
			]);
		});

		it('believes no other site', async () => {
			const others = [
				`${origin}${path}/shop`,
				`${origin}${path}/Blog`,
				`${PUNYCODE}:9443${path}`,
				`${origin.replace('https:', 'http:')}${path}`,
				`https://кава.укр.example${path}`,
			];
			for (const one of others) {
				expect([one, await ask(one)]).toEqual([one, 401]);
			}
			expect(platform.lines.join()).toContain('bad credential: iss');
			expect(await ask(`${origin}${path}`, 'https://xn--80aaf4a.example')).toBe(403);
		});
	});
});
