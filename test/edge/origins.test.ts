import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConfig, type Config } from '../../src/edge/config.ts';
import { corsHeaders, isAllowed } from '../../src/edge/origins.ts';

const SITE = 'https://example.com';
const config = (origins: string) =>
	(
		readConfig({
			SITE_URL: `${SITE}/blog`,
			ESPUTNIK_API_KEY: '0F1E2D3C4B5A69788796A5B4C3D2E1F0',
			ALLOWED_ORIGINS: origins,
		}) as { config: Config }
	).config;

const host = fc.domain();
const port = fc.oneof(
	fc.constant(''),
	fc.integer({ min: 1, max: 65535 }).map((n) => `:${n}`)
);
const origin = fc.tuple(host, port).map(([name, end]) => new URL(`https://${name}${end}`).origin);

it('allows the site and what is listed, and nothing that merely looks like it', () => {
	fc.assert(
		fc.property(fc.array(origin, { maxLength: 4 }), origin, (listed, asking) => {
			const allowed = new Set([SITE, ...listed]);
			const settings = config(listed.join(' , '));
			expect(isAllowed(settings, asking)).toBe(allowed.has(asking));
			listed.forEach((each) => expect(isAllowed(settings, each)).toBe(true));
		})
	);
});

it('refuses every change to an allowed origin', () => {
	const change = fc.oneof(
		fc.string({ minLength: 1, maxLength: 5 }).map((text) => (o: string) => o + text),
		fc.string({ minLength: 1, maxLength: 5 }).map((text) => (o: string) => text + o),
		fc.constantFrom(
			(o: string) => o.toUpperCase(),
			(o: string) => o.replace('https', 'http'),
			(o: string) => o.replace('//', '//evil.'),
			(o: string) => o.replace('//', '//evil'),
			(o: string) => `${o}.evil.example`,
			(o: string) => `${o}/`,
			(o: string) => `${o}, ${o}`,
			(o: string) => o.replace('//', '//user@')
		)
	);
	fc.assert(
		fc.property(origin, change, (listed, apply) => {
			const changed = apply(listed);
			expect(isAllowed(config(listed), changed)).toBe(changed === SITE);
		})
	);
});

it('echoes an allowed origin alone, and always varies by it', () => {
	fc.assert(
		fc.property(origin, fc.oneof(origin, fc.string()), (listed, asking) => {
			const headers = corsHeaders(config(listed), asking);
			expect(headers.vary).toBe('Origin');
			expect(headers['access-control-allow-origin']).toBe(
				[listed, SITE].includes(asking) ? asking : undefined
			);
			expect(headers).not.toHaveProperty('access-control-allow-credentials');
		})
	);
});

it('takes an origin in Unicode for what browsers write', () => {
	const settings = config('https://Кава.укр, https://xn--e1afmkfd.example:8443/');
	expect(isAllowed(settings, 'https://xn--80aaf4a.xn--j1amh')).toBe(true);
	expect(isAllowed(settings, 'https://xn--e1afmkfd.example:8443')).toBe(true);
	expect(isAllowed(settings, 'https://кава.укр')).toBe(false);
});

it('knows no null', () => {
	expect(isAllowed(config(''), null)).toBe(false);
	expect(isAllowed(config(''), 'null')).toBe(false);
});
