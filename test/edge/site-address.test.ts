import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteAddress } from '../../src/edge/site-address.ts';
import { claimsOf, forge } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

const PUNYCODE = 'https://xn--80aaf4a.xn--j1amh';
const SPELLINGS = ['https://кава.укр', 'https://Кава.УКР', PUNYCODE, `${PUNYCODE}:443`];
const SECRET = '9f8e7d6c5b4a32100123456789abcdef';

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

describe.each(SPELLINGS)('a function with SITE_URL=%s', (url) => {
	const platform = new FakePlatform(() => answered({ token: 'token' }), {
		SITE_URL: `${url}/blog/`,
		IDENTITY_SECRET: SECRET,
	});
	const ask = async (iss: string, origin = PUNYCODE) => {
		const claims = claimsOf(iss, {}, platform.clock.now());
		const authorization = `Bearer ${forge({ alg: 'HS256' }, claims, SECRET)}`;
		return (await platform.post({ origin, authorization })).status;
	};

	it.each(SPELLINGS.flatMap((one) => [`${one}/blog`, `${one}/blog/`]))(
		'believes %s',
		async (iss) => expect(await ask(iss)).toBe(200)
	);

	it('believes no other site', async () => {
		for (const iss of [PUNYCODE, `${PUNYCODE}/Blog`, 'https://кава.укр.example/blog']) {
			expect(await ask(iss), iss).toBe(401);
		}
		expect(platform.lines.join()).toContain('bad credential: iss');
		expect(await ask(`${PUNYCODE}/blog`, 'https://xn--80aaf4a.example')).toBe(403);
	});
});
