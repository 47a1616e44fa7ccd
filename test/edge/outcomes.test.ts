import { expect, it } from 'vitest';
import { ROUTES } from '../../src/edge/routes.ts';
import type { HttpRequest, HttpResult } from '../../src/edge/types.ts';
import { checkExchange } from './contract/exchange.ts';
import { document, outcomes } from './contract/openapi.ts';
import { claimsOf, createKey, sign } from './credentials.ts';
import { answered, FakePlatform, type FakeServer } from './fake-platform.ts';

/*
 * The other way round: whatever docs/openapi.yaml says that can happen does happen here, and nothing
 * else does.
 */
const SITE = 'https://site.example';
const key = await createKey('key-1');
const PERSONAL = ['/token', '/check'];
const METRICS_TOKEN = 'canary-metrics-1f2e3d4c5b6a';

interface Scenario {
	env?: Record<string, string>;
	/** What the site and eSputnik answer; by default its keys, an account and a token. */
	site?: HttpResult;
	vendor?: HttpResult;
	/** Of the visitor; by default an administrator. */
	role?: string;
	asks: Array<
		[method: string, path: string, headers?: Record<string, string>, body?: () => BodyInit]
	>;
}

const post = (headers = {}, body: () => BodyInit = () => ''): Scenario['asks'] =>
	PERSONAL.map((path) => ['POST', path, { origin: SITE, ...headers }, body]);
const everywhere = (method: string, headers = {}): Scenario['asks'] =>
	[...ROUTES.keys()].map((path) => [method, path, headers]);
const preflight = (origin: string) =>
	everywhere('OPTIONS', { origin, 'access-control-request-method': 'POST' });
const failed = (failure: 'network' | 'timeout'): HttpResult => ({ ok: false, failure });
/** A request's body that never ends. */
const endless = () => new ReadableStream({});

const SCENARIOS: Record<string, Scenario> = {
	'everything as usual': { asks: [...post(), ...everywhere('GET')] },
	'HEAD for GET': { asks: everywhere('HEAD') },
	'a copy in hand': {
		asks: ['/', '/loader.js'].map((path) => ['GET', path, { 'if-none-match': '*' }]),
	},
	'an unknown contact': { vendor: answered({ token: '' }), asks: post() },
	'no identifier': { env: { IDENTIFY_BY: 'phone' }, asks: post() },
	'no credential': { asks: post({ authorization: '' }) },
	'another origin': { asks: post({ origin: 'https://evil.example' }) },
	'no administrator': { role: 'editor', asks: post() },
	'a body that does not end': { asks: post({ 'content-type': 'application/json' }, endless) },
	'a large body': { asks: post({}, () => 'x'.repeat(1025)) },
	'a body of another type': { asks: post({}, () => 'x') },
	'too many requests': { env: { RATE_LIMIT_PER_MINUTE: '1' }, asks: [...post(), ...post()] },
	'the site gone': { site: failed('network'), asks: post() },
	'the site busy': { site: answered({}, 503, { 'retry-after': '600' }), asks: post() },
	'the site silent': { site: failed('timeout'), asks: post() },
	'eSputnik gone': { vendor: failed('network'), asks: post() },
	'eSputnik busy': { vendor: answered({}, 429, { 'retry-after': '17' }), asks: post() },
	'eSputnik silent': { vendor: failed('timeout'), asks: post() },
	'a refused key': { vendor: answered({}, 401), asks: post() },
	'the metrics with and without their token': {
		env: { METRICS_TOKEN },
		asks: ['', METRICS_TOKEN].map((token) => [
			'GET',
			'/metrics',
			{ authorization: `Bearer ${token}` },
		]),
	},
	'questions for what there is': {
		env: { METRICS_TOKEN },
		asks: [...everywhere('OPTIONS'), ...preflight(SITE), ...preflight('https://evil.example')],
	},
	'other methods': {
		env: { METRICS_TOKEN },
		asks: [...everywhere('DELETE', { origin: SITE }), ['POST', '/health', { origin: SITE }]],
	},
	'the metrics without a token for them': {
		asks: ['GET', 'POST', 'OPTIONS', 'DELETE'].map((method) => [method, '/metrics']),
	},
	'another path': { asks: [['GET', '/nothing']] },
	'a bad environment': {
		env: { ESPUTNIK_API_KEY: 'changeme' },
		asks: ['GET', 'POST', 'OPTIONS', 'DELETE']
			.flatMap((method) => everywhere(method))
			.concat([['GET', '/nothing']]),
	},
};

const seen = new Set<string>();
const checks = { ids: new Set<string>(), statuses: new Set<string>() };

it.each(Object.entries(SCENARIOS))('%s', async (_name, { env, site, vendor, role, asks }) => {
	const server: FakeServer = ({ url }: HttpRequest) =>
		url.endsWith('keys')
			? (site ?? answered({ keys: [key.jwk] }))
			: (vendor ?? answered({ token: 't' }));
	const platform = new FakePlatform(server, { IDENTITY_SECRET: undefined, ...env });
	const claims = claimsOf(SITE, { role: role ?? 'administrator' }, platform.clock.now());
	const credential = { authorization: `Bearer ${await sign(claims, key)}` };
	for (const [method, path, own = {}, body] of asks) {
		const headers: Record<string, string> = PERSONAL.includes(path)
			? { ...credential, ...own }
			: own;
		const response = await answerOf(
			platform,
			new Request(`https://edge.example/app-inbox${path}`, {
				method,
				headers,
				...(body && { body: body(), duplex: 'half' as const }),
			})
		);
		const text = await response.text();
		const outcome = checkExchange({
			method,
			path: `/app-inbox${path}`,
			sent: headers,
			status: response.status,
			headers: Object.fromEntries(response.headers),
			text,
		});
		if (method !== 'HEAD') {
			seen.add(outcome);
		}
		if (path === '/check' && response.status === 200) {
			for (const { id, status } of JSON.parse(text).checks) {
				checks.ids.add(id);
				checks.statuses.add(status);
			}
		}
	}
});

it('is all that the document says', () => {
	expect([...seen].sort()).toEqual(outcomes().sort());
	const { id, status } = document.components.schemas!.Check.properties;
	expect([...checks.ids].sort()).toEqual([...id.enum].sort());
	expect([...checks.statuses].sort()).toEqual([...status.enum].sort());
});

/** Turns the clock until there is an answer: pauses between tries, deadlines. */
async function answerOf(platform: FakePlatform, request: Request): Promise<Response> {
	let response: Response | undefined;
	const answering = platform.handle(request, platform.env).then((one) => (response = one));
	while (!response) {
		await platform.clock.advance(1000);
	}
	return answering;
}
