import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/edge/config.ts';
import { weakness } from '../../src/edge/secrets.ts';
import { createKey } from './credentials.ts';

const good = {
	SITE_URL: 'https://example.com',
	ESPUTNIK_API_KEY: '0F1E2D3C4B5A69788796A5B4C3D2E1F0',
};
const read = (change: Record<string, unknown> = {}) => readConfig({ ...good, ...change });
const problems = (change: Record<string, unknown>) => {
	const result = read(change);
	return result.ok ? [] : result.problems;
};
const config = (change: Record<string, unknown> = {}) => {
	const result = read(change);
	if (!result.ok) {
		throw new Error(result.problems.join('\n'));
	}
	return result.config;
};

it('needs a site and a key, and has a default for all the rest', () => {
	expect(config()).toEqual({
		site: 'https://example.com',
		siteOrigin: 'https://example.com',
		allowedOrigins: new Set(['https://example.com']),
		vendorUrl: 'https://esputnik.com/api',
		vendorKey: good.ESPUTNIK_API_KEY,
		nextVendorKey: undefined,
		identifyBy: ['externalCustomerId', 'email'],
		identitySource: { kind: 'wordpress', url: 'https://example.com/?app-inbox=keys' },
		tokensPerMinute: 60,
		trustedProxies: 0,
		basePath: '/app-inbox',
		port: 8787,
		host: '127.0.0.1',
		logLevel: 'info',
	});
});

it('names every problem at once', () => {
	const result = readConfig({ PORT: 'x', HOST: 'a b', LOG_LEVEL: 'loud', ALLOWED_ORIGINS: '*' });
	expect(result).toMatchObject({ ok: false });
	const text = (result as { problems: string[] }).problems.join('\n');
	expect(text.match(/^\w+/gm)!.sort()).toEqual([
		'ALLOWED_ORIGINS',
		'ESPUTNIK_API_KEY',
		'HOST',
		'LOG_LEVEL',
		'PORT',
		'SITE_URL',
	]);
});

it('reads an environment once', () => {
	const env = { ...good };
	expect(readConfig(env)).toBe(readConfig(env));
});

it('takes what files and panels leave around a value, and ignores bindings of a platform', () => {
	const around = { SITE_URL: ' https://example.com/\n', PORT: '', ALLOWED_ORIGINS: {} };
	expect(config(around)).toEqual(config());
});

it.each(['https://кава.укр', 'https://Кава.УКР/', 'https://xn--80aaf4a.xn--j1amh:443'])(
	'knows the site %s in one spelling',
	(url) => {
		const { site, siteOrigin, identitySource, allowedOrigins } = config({ SITE_URL: url });
		const punycode = 'https://xn--80aaf4a.xn--j1amh';
		expect([site, siteOrigin]).toEqual([punycode, punycode]);
		expect(identitySource).toMatchObject({ url: `${punycode}/?app-inbox=keys` });
		expect(allowedOrigins).toEqual(new Set([punycode]));
		expect(config({ SITE_URL: `${url.replace(/\/$/, '')}/Blog/` }).site).toBe(
			`${punycode}/Blog`
		);
	}
);

describe('quotes', () => {
	const SECRET = '9f8e7d6c5b4a32100123456789abcdef';
	const KEYS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}';

	it.each([
		['SITE_URL', 'https://shop.example'],
		['ESPUTNIK_API_KEY', SECRET],
		['IDENTITY_KEYS', KEYS],
		['ALLOWED_ORIGINS', 'https://a.example, https://b.example'],
		['REDIS_URL', 'redis://127.0.0.1:6379/0'],
		['LOG_LEVEL', 'warn'],
		['PORT', '80'],
		['PORT', ''],
	])('round %s are taken off: %s', (name, value) => {
		expect(config({ [name]: `"${value}"` })).toEqual(config({ [name]: value }));
		expect(config({ [name]: ` '${value} '\n` })).toEqual(config({ [name]: value }));
	});

	it.each(['IDENTITY_SECRET', 'METRICS_TOKEN'])(
		'round %s are refused: another program may count them',
		(name) =>
			expect(problems({ [name]: `"${SECRET}"` })).toEqual([
				`${name} begins or ends with a quotation mark: write it without, here and where else it is used.`,
			])
	);

	it.each([
		['SITE_URL', '"https://canary.example'],
		['SITE_URL', `"https://canary.example'`],
		['SITE_URL', `"'https://canary.example'"`],
		['ESPUTNIK_API_KEY', `${SECRET}canary"`],
		['IDENTITY_SECRET', `'${SECRET}canary`],
		['IDENTITY_KEYS', `${KEYS}'`],
		['LOG_LEVEL', '"'],
	])('%s is refused by its name alone with %s', (name, value) => {
		const [problem, ...others] = problems({ [name]: value });
		expect(problem).toMatch(new RegExp(`^${name} begins or ends with a quotation mark`));
		expect(problem).not.toMatch(/canary|9f8e/);
		expect(others).toEqual([]);
	});

	it('with nothing in them are no secret', () => {
		expect(problems({ ESPUTNIK_API_KEY: '""' })).toEqual([
			expect.stringMatching(/^ESPUTNIK_API_KEY is empty/),
		]);
	});
});

describe('addresses', () => {
	it.each([
		'example.com',
		'http://example.com',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://192.168.0.1',
		'ftp://example.com',
		'https:example.com',
		'https://',
		'https://user:pass@example.com',
		'https://example.com/?a=b',
		'https://example.com/#a',
		'https://*.example.com',
		'https://exa mple.com',
	])('SITE_URL and ESPUTNIK_API_URL refuse %s', (url) => {
		expect(problems({ SITE_URL: url })).toHaveLength(1);
		expect(problems({ ESPUTNIK_API_URL: url })).toHaveLength(1);
	});

	it.each(['http://localhost:8080', 'http://127.0.0.1:1', 'http://[::1]:80/blog', 'https://a.b'])(
		'SITE_URL takes %s',
		(url) => expect(problems({ SITE_URL: url })).toEqual([])
	);

	it('WORDPRESS_URL may be http on any host, nothing else', () => {
		expect(config({ WORDPRESS_URL: 'http://wordpress/' }).identitySource).toEqual({
			kind: 'wordpress',
			url: 'http://wordpress/?app-inbox=keys',
		});
		expect(problems({ WORDPRESS_URL: 'file:///etc/passwd' })).toHaveLength(1);
		expect(problems({ WORDPRESS_URL: 'http://a:b@wordpress' })).toHaveLength(1);
	});

	it.each(['*', 'null', 'https://*.example.com', 'shop.example.com', 'https://a.com/path'])(
		'ALLOWED_ORIGINS refuses %s',
		(origin) =>
			expect(problems({ ALLOWED_ORIGINS: `https://b.com, ${origin}` })).toHaveLength(1)
	);
});

describe('secrets', () => {
	it.each([
		'',
		'   ',
		'short',
		'a'.repeat(40),
		'abababababababababababababababababab',
		'changeme',
		'change-me-change-me-change-me-change-me',
		'your-api-key-here',
		'YOUR_ESPUTNIK_API_KEY_GOES_HERE'.replace('_GOES', ''),
		'<your-secret-api-key-here-please>',
		'${ESPUTNIK_API_KEY_FROM_VAULT}',
		'{{ secrets.esputnikApiKey1 }}',
		'passwordpasswordpasswordpassword123',
		'0123456789012345678901234567890123456789',
		'secret with blanks inside of it 0a1b2c',
		'ключ-ключ-сховище-таємниця',
	])('"%s" is none', (secret) => {
		expect(problems({ ESPUTNIK_API_KEY: secret })).toHaveLength(1);
		expect(problems({ IDENTITY_SECRET: secret })).toHaveLength(1);
	});

	it('the previous secret stands beside the new one, with the same demands', () => {
		const IDENTITY_SECRET = '9f8e7d6c5b4a32100123456789abcdef';
		const both = (previous: string) => ({
			IDENTITY_SECRET,
			IDENTITY_SECRET_PREVIOUS: previous,
		});
		expect(config(both(`${IDENTITY_SECRET}0`)).identitySource).toEqual({
			kind: 'secret',
			secret: IDENTITY_SECRET,
			previous: `${IDENTITY_SECRET}0`,
		});
		for (const bad of ['changeme', IDENTITY_SECRET.slice(1), `"${IDENTITY_SECRET}"`]) {
			expect(problems(both(bad))).toEqual([
				expect.stringMatching(/^IDENTITY_SECRET_PREVIOUS (is|begins)/),
			]);
		}
		expect(problems({ IDENTITY_SECRET_PREVIOUS: IDENTITY_SECRET })).toEqual([
			expect.stringMatching(/beside IDENTITY_SECRET only/),
		]);
	});

	it('IDENTITY_SECRET needs 32 bytes', () => {
		const secret = '9f8e7d6c5b4a32100123456789abcdef';
		expect(problems({ IDENTITY_SECRET: secret })).toEqual([]);
		expect(problems({ IDENTITY_SECRET: secret.slice(1) })).toHaveLength(1);
	});

	it('random keys pass', () => {
		const hex = fc.string({
			unit: fc.constantFrom(...'0123456789abcdef'),
			minLength: 48,
			maxLength: 48,
		});
		fc.assert(
			fc.property(hex, (key) => {
				fc.pre(new Set(key).size >= 8);
				expect(weakness(key, 32)).toBeNull();
			})
		);
	});

	it('judges any text quickly', () => {
		const long = 'todo'.repeat(20_000);
		const start = performance.now();
		weakness(`${long}!`, 16);
		weakness(`${long}zzzzz`, 16);
		expect(performance.now() - start).toBeLessThan(500);
	});
});

describe('where keys come from', () => {
	it('is one place', () => {
		const both = {
			IDENTITY_SECRET: '9f8e7d6c5b4a32100123456789abcdef',
			IDENTITY_JWKS_URL: 'https://a.com/jwks?x=y',
		};
		expect(problems(both)).toEqual([
			expect.stringMatching(/IDENTITY_SECRET and IDENTITY_JWKS_URL/),
		]);
		const { IDENTITY_JWKS_URL: url } = both;
		expect(config({ IDENTITY_JWKS_URL: url }).identitySource).toEqual({ kind: 'jwks', url });
	});

	it('IDENTITY_KEYS are public Ed25519 keys', async () => {
		const { jwk } = await createKey('a');
		const set = (...keys: unknown[]) => ({ IDENTITY_KEYS: JSON.stringify({ keys }) });
		expect(config(set(jwk)).identitySource).toEqual({ kind: 'keys', keys: [jwk] });
		for (const bad of [
			set(),
			set({ ...jwk, d: 'canary' }),
			set({ kty: 'oct', k: 'canary' }),
			set({ kty: 'RSA', n: 'canary', e: 'AQAB' }),
			{ IDENTITY_KEYS: '{"keys":canary' },
			{ IDENTITY_KEYS: '[]' },
		]) {
			expect(problems(bad)).toHaveLength(1);
			expect(problems(bad).join()).not.toContain('canary');
		}
	});
});

it.each([
	['IDENTIFY_BY', 'email,phone', 'email,name'],
	['ESPUTNIK_API_KEY_NEXT', '9f8e7d6c5b4a3210', '9f8e7d6c5b4a321'],
	['ESPUTNIK_API_KEY_NEXT', '', 'your-api-key-here'],
	['IDENTITY_SECRET_PREVIOUS', '', '9f8e7d6c5b4a32100123456789abcdef'],
	['RATE_LIMIT_PER_MINUTE', '1', '0'],
	['RATE_LIMIT_PER_MINUTE', '100000', '100001'],
	['TRUSTED_PROXIES', '0', '-1'],
	['TRUSTED_PROXIES', '10', '11'],
	['TRUSTED_PROXIES', '1', '1.5'],
	['BASE_PATH', '/', 'app-inbox'],
	['BASE_PATH', '/a/b.c/', '/a/../b'],
	['BASE_PATH', '/a', '/a?b'],
	['BASE_PATH', '/..a', '/.'],
	['PORT', '0', '65536'],
	['PORT', '65535', '8787x'],
	['HOST', '::', 'a/b'],
	['LOG_LEVEL', 'debug', 'DEBUG'],
	['REDIS_URL', 'redis://127.0.0.1:6379/0', '127.0.0.1:6379'],
	['REDIS_URL', 'rediss://user:word@redis.internal', 'https://redis.internal'],
	['METRICS_TOKEN', '9f8e7d6c5b4a3210', '9f8e7d6c5b4a321'],
	['METRICS_TOKEN', 'q1w2-e3r4-t5y6-u7', 'changeme-changeme'],
])('%s takes %s and refuses %s', (name, right, wrong) => {
	expect(problems({ [name]: right })).toEqual([]);
	expect(problems({ [name]: wrong })).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
});

it('never prints a value, whatever it is', () => {
	const names = [
		...['SITE_URL', 'ESPUTNIK_API_KEY', 'ESPUTNIK_API_URL', 'ALLOWED_ORIGINS', 'WORDPRESS_URL'],
		...['IDENTIFY_BY', 'IDENTITY_SECRET', 'IDENTITY_JWKS_URL', 'IDENTITY_KEYS', 'BASE_PATH'],
		...['IDENTITY_SECRET_PREVIOUS', 'ESPUTNIK_API_KEY_NEXT', 'PORT', 'HOST', 'LOG_LEVEL'],
		...['RATE_LIMIT_PER_MINUTE', 'TRUSTED_PROXIES', 'REDIS_URL', 'METRICS_TOKEN'],
	];
	const value = fc.oneof(
		fc.string({ maxLength: 60 }),
		fc.webUrl(),
		fc.json(),
		fc.constantFrom('https://', 'http://', '{"keys":[', 'a,')
	);
	fc.assert(
		fc.property(fc.constantFrom(...names), value, value, (name, before, after) => {
			const canary = `${before}Q7zCanary7Zq${after}`;
			expect(problems({ [name]: canary }).join('\n')).not.toContain('Canary7');
		}),
		{ numRuns: 500 }
	);
});
