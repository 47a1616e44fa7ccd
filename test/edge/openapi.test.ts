import { Validator } from '@seriousme/openapi-schema-validator';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/edge/config.ts';
import { problem, PROBLEMS, type ProblemCode } from '../../src/edge/problem.ts';
import { ROUTES } from '../../src/edge/routes.ts';
import { checkExchange, Undocumented, type Exchange } from './contract/exchange.ts';
import { document, follow, schemaFaults } from './contract/openapi.ts';
import { claimsOf, type Claims } from './credentials.ts';
import { answered, FakePlatform } from './fake-platform.ts';

/** Every object in the document, with where it stands. */
function* objectsIn(value: unknown, at: string[] = []): Generator<[string, any]> {
	if (typeof value === 'object' && value !== null) {
		yield [at.join('.'), value];
		for (const [key, inner] of Object.entries(value)) {
			yield* objectsIn(inner, [...at, key]);
		}
	}
}
const objects = [...objectsIn(document)];

describe('docs/openapi.yaml', () => {
	it('is valid OpenAPI 3.1', async () => {
		const validator = new Validator();
		// A copy: the validator leaves its marks.
		const { valid, errors } = await validator.validate({ ...structuredClone(document) });
		expect(errors).toBeUndefined();
		expect(valid).toBe(true);
		expect(validator.version).toBe('3.1');
	});

	it('has every component that it names, and names every one that it has', () => {
		const named = objects.flatMap(([, { $ref }]) => $ref ?? []);
		const { securitySchemes, ...components } = document.components;
		const there = Object.entries(components).flatMap(([kind, all]) =>
			Object.keys(all).map((name) => `#/components/${kind}/${name}`)
		);
		// Named in the description of a security scheme, where there are no references.
		const unnamed = ['#/components/schemas/Claims'];
		expect([...new Set([...named, ...unnamed])].sort()).toEqual(there.sort());
		const schemes = objects.flatMap(([, { security = [] }]) => security.flatMap(Object.keys));
		expect([...new Set(schemes)].sort()).toEqual(Object.keys(securitySchemes!).sort());
	});

	it('has examples that are right by their schemas', () => {
		const faults = objects.flatMap(([at, { schema, example, examples }]) => {
			const values = [
				...(example === undefined ? [] : [example]),
				...Object.values<any>(examples ?? {}).map((one) => follow<any>(one).value),
			];
			return schema ? values.map((value) => [at, schemaFaults(schema, value)]) : [];
		});
		expect(faults.length).toBeGreaterThan(20);
		expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
		const { Claims } = document.components.schemas!;
		Claims.examples.forEach((one: Claims) => expect(schemaFaults(Claims, one)).toBeNull());
	});

	it('has the routes of the code, their methods, and the base path', () => {
		const paths = Object.keys(document.paths).filter((path) => path.startsWith('/'));
		expect(paths.sort()).toEqual([...ROUTES.keys()].sort());
		for (const [path, { methods }] of ROUTES) {
			const documented = Object.keys(document.paths[path]!);
			expect(documented.filter((key) => !key.startsWith('x-')).sort(), path).toEqual(
				[...Object.keys(methods).map((method) => method.toLowerCase()), 'options'].sort()
			);
		}
		const env = { SITE_URL: 'https://example.com', ESPUTNIK_API_KEY: '9f8e7d6c5b4a3210' };
		const basePath = document.servers[0].variables.basePath.default;
		expect(readConfig(env)).toMatchObject({ ok: true, config: { basePath } });
	});

	it('has the problems of the code, in its words', () => {
		const { examples, schemas } = document.components;
		const known = Object.keys(PROBLEMS) as ProblemCode[];
		expect(schemas!.Problem.properties.code.enum).toEqual(known);
		expect(Object.keys(examples!)).toEqual(known);
		for (const code of known) {
			expect(examples![code].value).toEqual(JSON.parse(problem(code).body!));
		}
	});
});

describe('the claims of a signed credential', () => {
	const secret = 'canary-hmac-4c1d9e7b2f8a6053deadbeef';
	const platform = new FakePlatform(() => answered({ token: 't' }), { IDENTITY_SECRET: secret });
	const now = platform.clock.now();
	const takes = async (change: Claims) => {
		const claims = claimsOf('https://site.example', change, now);
		const jwt = await new SignJWT(claims)
			.setProtectedHeader({ alg: 'HS256' })
			.sign(new TextEncoder().encode(secret));
		const { status } = await platform.signed(jwt);
		const { Claims } = document.components.schemas!;
		const right = schemaFaults(Claims, JSON.parse(JSON.stringify(claims))) === null;
		return { function: status === 200, document: right };
	};

	it.each<[string, Claims]>([
		['as usual', {}],
		['null for an e-mail and a phone', { email: null, phone: null }],
		['an audience among others', { aud: ['else', 'app-inbox'] }],
		['a number as role', { role: 5 }],
		['a claim of somebody else', { jti: '5' }],
		['a sub in Unicode', { sub: 'Олена 7' }],
		['the longest sub', { sub: 'x'.repeat(255) }],
		['nbf', { nbf: 1 }],
	])('are right by both: %s', async (_name, change) =>
		expect(await takes(change)).toEqual({ function: true, document: true })
	);
	it.each<[string, Claims]>([
		...['iss', 'aud', 'sub', 'iat', 'exp'].map((name): [string, Claims] => [
			`no ${name}`,
			{ [name]: undefined },
		]),
		['iss as a list', { iss: ['https://site.example'] }],
		['another aud', { aud: 'app' }],
		['other audiences', { aud: ['app'] }],
		['an empty sub', { sub: '' }],
		['a number as sub', { sub: 2 }],
		['a blank at the end of sub', { sub: '2 ' }],
		['two lines in sub', { sub: 'a\nb' }],
		['a sub that is too long', { sub: 'x'.repeat(256) }],
		['iat as a text', { iat: '1' }],
		['exp as a text', { exp: '99999999999' }],
		['nbf as a text', { nbf: '1' }],
		['an e-mail that is no text', { email: 5 }],
		['a phone that is no text', { phone: 380 }],
	])('are wrong by both: %s', async (_name, change) =>
		expect(await takes(change)).toEqual({ function: false, document: false })
	);
});

describe('an answer that the document does not describe', () => {
	const NO_STORE = {
		'cache-control': 'no-store',
		'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		'cross-origin-resource-policy': 'same-origin',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-request-id': 'id-1',
	};
	const cors = {
		'access-control-allow-origin': 'https://site.example',
		'access-control-expose-headers': 'Retry-After, credential',
		vary: 'Origin',
	};
	const exchange = (change: Partial<Exchange>, headers: Exchange['headers'] = {}): Exchange => ({
		method: 'POST',
		path: '/app-inbox/token',
		sent: { origin: 'https://site.example', authorization: 'Bearer a.b.c' },
		status: 200,
		text: '{"token":"t"}',
		...change,
		headers: { ...NO_STORE, ...cors, 'content-type': 'application/json', ...headers },
	});
	const problemJson = { 'content-type': 'application/problem+json' };
	const outcomeOf = ({ body, status }: ReturnType<typeof problem>) => ({ text: body!, status });

	it('is none here', () => {
		expect(checkExchange(exchange({}))).toBe('POST /token 200');
		const limited = { ...problemJson, 'retry-after': '30' };
		expect(checkExchange(exchange(outcomeOf(problem('rate_limited')), limited))).toBe(
			'POST /token 429 rate_limited'
		);
	});
	it.each<[RegExp, Partial<Exchange>, Exchange['headers']?]>([
		[/answered 201/, { status: 201 }],
		[/other \/token answered 200/, { method: 'PUT' }],
		[/any other path answered 200/, { path: '/app-inbox/tokens' }],
		[/any other path answered 200/, { path: '/token' }],
		[/no cache-control/, {}, { 'cache-control': undefined }],
		[/cache-control: public/, {}, { 'cache-control': 'public' }],
		[/no vary/, {}, { vary: undefined }],
		[/credential: a\.b\.c/, {}, { credential: 'a.b.c' }],
		[
			/credential is not documented/,
			outcomeOf(problem('unauthenticated')),
			{ ...problemJson, 'www-authenticate': 'Bearer', credential: 'x'.repeat(16) },
		],
		[/x-powered-by is not documented/, {}, { 'x-powered-by': 'me' }],
		[/access-control-allow-credentials is not/, {}, { 'access-control-allow-credentials': '' }],
		[/content-type: text\/html/, {}, { 'content-type': 'text/html' }],
		[/must have required property 'token'/, { text: '{}' }],
		[/must NOT have additional properties/, { text: '{"token":"","id":1}' }],
		[/token must be string/, { text: '{"token":null}' }],
		[/without Origin/, { sent: { authorization: 'Bearer a.b.c' } }],
		[/without credential/, { sent: { origin: 'https://site.example' } }],
		[/code must be equal/, outcomeOf({ ...problem('forbidden'), status: 403 }), problemJson],
		[/no retry-after/, outcomeOf(problem('rate_limited')), problemJson],
		[
			/allow: GET/,
			{ method: 'PUT', ...outcomeOf(problem('method_not_allowed')) },
			{ ...problemJson, allow: 'GET' },
		],
	])('is a fault: %s', (message, change, headers) => {
		expect(() => checkExchange(exchange(change, headers))).toThrow(Undocumented);
		expect(() => checkExchange(exchange(change, headers))).toThrow(message);
	});
});
