import { expect, it } from 'vitest';
import { claimsOf, forge, sign } from '../edge/credentials.ts';
import { answerJson, answerText, hang, reset, tokenOf, type Answer } from '../edge/upstreams.ts';
import { API_KEY, closedPort, Stage, type Check } from './stage.ts';

const SECRET = 'canary-secret-kJ8sdf7sdfkjh3298sdfjkh';
const stage = new Stage();

const statuses = (checks: Check[]) =>
	Object.fromEntries(checks.map(({ id, status }) => [id, status]));

const ALL_PASS = {
	environment: 'pass',
	site: 'pass',
	keys: 'pass',
	'vendor-key': 'pass',
	contact: 'pass',
	endpoint: 'pass',
	origin: 'pass',
	refusal: 'pass',
	loader: 'pass',
	token: 'skip',
};

/** The headers of a function that is ours, for answers that differ in one of them. */
const ours = { 'cache-control': 'no-store', 'content-type': 'application/problem+json' };
const problem = (code: string, status: number, headers: Record<string, string> = {}) =>
	answerJson({ code, status }, status, { ...ours, ...headers });

it('passes from end to end, and asks as the token function does', async () => {
	const { checks, code, found } = await stage.check(['--contact', '2']);
	expect(statuses(checks)).toEqual(ALL_PASS);
	expect(code).toBe(0);
	expect(found('vendor-key')).toContain('“Shop Ltd”');
	expect(found('endpoint')).toBe(
		`pass: The token function 1.2.3 answers at ${stage.site}/app-inbox.`
	);
	const asked = stage.vendor.requests.map(({ method, url, body }) => `${method} ${url} ${body}`);
	expect(asked.sort()).toEqual([
		'GET /api/v1/account/info ',
		'POST /api/v1/auth/contact/token {"externalCustomerId":"2"}',
	]);
});

it('finds the function at its own address, and says so when that is wrong', async () => {
	const endpoint = `${stage.front.url}/app-inbox/token`;
	const { code, found } = await stage.check(['--endpoint', endpoint]);
	expect(code).toBe(0);
	expect(found('endpoint')).toContain(`${stage.front.url}/app-inbox.`);
});

it('takes BASE_PATH for the endpoint', async () => {
	const { found } = await stage.check([], { BASE_PATH: '/other' });
	expect(found('endpoint')).toContain(`${stage.site}/other/health`);
});

// environment

it('environment: names every problem and no value, and skips what needs it', async () => {
	const { code, checks, found } = await stage.check([], {
		SITE_URL: 'http://canary.example.com',
		ESPUTNIK_API_KEY: 'canary',
		LOG_LEVEL: 'canary',
	});
	expect(code).toBe(1);
	expect(found('environment')).toMatch(
		/^fail: SITE_URL must start with https.* ESPUTNIK_API_KEY is too short.* LOG_LEVEL must be/
	);
	expect(found('environment')).toContain('--env-file');
	expect(checks.slice(1).map(({ status }) => status)).toEqual(Array(9).fill('skip'));
	expect(found('vendor-key')).toBe('skip: Not tried. Mend environment first.');
	expect(found('endpoint')).toBe('skip: Not tried. Mend environment first, or give --endpoint.');
	expect(stage.vendor.requests).toEqual([]);
});

it('environment: with --endpoint alone, the function itself is looked at', async () => {
	const endpoint = `${stage.site}/app-inbox/token`;
	const { code, checks } = await stage.check(['--endpoint', endpoint], { SITE_URL: undefined });
	expect(code).toBe(1);
	expect(statuses(checks)).toEqual({
		...ALL_PASS,
		environment: 'fail',
		site: 'skip',
		keys: 'skip',
		'vendor-key': 'skip',
		contact: 'skip',
		origin: 'skip',
		refusal: 'skip',
	});
});

it('environment: without the API key, only eSputnik is left out', async () => {
	const { code, checks, found } = await stage.check(['--contact', '2'], {
		ESPUTNIK_API_KEY: undefined,
	});
	expect(code).toBe(1);
	expect(statuses(checks)).toEqual({
		...ALL_PASS,
		environment: 'fail',
		'vendor-key': 'skip',
		contact: 'skip',
	});
	expect(found('environment')).toContain('ESPUTNIK_API_KEY is missing');
	expect(stage.vendor.requests).toEqual([]);
});

// site

it('site: plain permalinks will do', async () => {
	const usual = stage.wordpress.answer;
	stage.wordpress.answer = (request, response) =>
		request.url.startsWith('/wp-json/')
			? answerText('<h1>Not found', 404)(request, response)
			: usual(request, response);
	const { code, found } = await stage.check();
	expect(code).toBe(0);
	expect(found('site')).toBe(`pass: WordPress answers at ${stage.site}.`);
});

it.each<[string, Answer, RegExp]>([
	[
		'a page',
		answerText('<h1>Hello'),
		/^fail: WordPress’s REST API answered without JSON \(200\)\. Check SITE_URL/,
	],
	['maintenance', answerText('<h1>Later', 503), /^fail: .*without JSON \(503\)/],
	[
		'a redirect',
		answerText('', 301, { location: 'https://www.example.com/wp-json/?canary=1' }),
		/^fail: \S+ redirects to https:\/\/www\.example\.com\/wp-json\/\. Set SITE_URL/,
	],
	['other JSON', answerJson({ hello: 1 }), /^fail: .* not as WordPress does \(200\)/],
	['an error as JSON', answerJson({ code: 'x' }, 500), /^fail: .* as WordPress does \(500\)/],
	['a cut', reset, /^fail: .* closed the connection without an answer/],
	['something huge', answerText('x'.repeat(300_000)), /^fail: .*\(too_large\)/],
])('site: %s', async (_, answer, expected) => {
	stage.wordpress.answer = answer;
	const { code, found } = await stage.check([], { WORDPRESS_URL: stage.wordpress.url });
	expect(code).toBe(1);
	expect(found('site')).toMatch(expected);
	expect(found('keys')).toBe('skip: Not tried. Mend site first.');
	expect(found('endpoint')).toMatch(/^pass/);
});

it('site: nobody there', async () => {
	const { found } = await stage.check([], { WORDPRESS_URL: `http://${await closedPort()}` });
	expect(found('site')).toMatch(/^fail: Nothing listens at 127\.0\.0\.1:\d+\..*WORDPRESS_URL/);
});

it('site: WordPress has another address than SITE_URL', async () => {
	stage.wordpress.answer = answerJson({ home: 'https://www.example.com/blog/' });
	const { found } = await stage.check();
	expect(found('site')).toMatch(
		/^fail: WordPress says that its address is https:\/\/www\.example\.com\/blog, and SITE_URL is http:/
	);
	stage.wordpress.answer = answerJson({ home: `${stage.site}/` });
	expect((await stage.check()).found('site')).toMatch(/^pass/);
});

it('site: an inner address may call itself as it likes', async () => {
	stage.wordpress.answer = answerJson({ home: 'http://inner', authentication: {} });
	const { found } = await stage.check([], { WORDPRESS_URL: stage.wordpress.url });
	expect(found('site')).toMatch(/^pass/);
});

// keys

it('keys: a WordPress without the plugin', async () => {
	stage.wordpress.answer = answerJson({ home: stage.site, authentication: [] });
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('keys')).toBe(
		'fail: WordPress publishes no key. Activate the plugin App Inbox for eSputnik.'
	);
});

it('keys: a WordPress that is closed to guests needs none at its own address', async () => {
	stage.wordpress.answer = answerJson({ code: 'rest_login_required' }, 401);
	const session = await stage.check();
	expect(session.code).toBe(0);
	expect(session.found('site')).toMatch(/^pass: .*not to guests \(401\)/);
	expect(session.found('keys')).toMatch(/^skip: Not needed/);
	const signed = await stage.check(['--endpoint', `${stage.front.url}/app-inbox/token`]);
	expect(signed.code).toBe(1);
	expect(signed.found('keys')).toMatch(/^fail: .*closes its REST API.*IDENTITY_KEYS/);
});

it('keys: given in the environment', async () => {
	const { kid, kty, crv, x } = stage.key.jwk;
	const IDENTITY_KEYS = JSON.stringify({ keys: [{ kid, kty, crv, x }] });
	const endpoint = ['--endpoint', `${stage.front.url}/app-inbox/token`];
	const { code, found } = await stage.check(endpoint, { IDENTITY_KEYS });
	expect(code).toBe(0);
	expect(found('keys')).toBe('pass: IDENTITY_KEYS contains public keys.');
	expect(found('site')).toMatch(/^skip: Not needed/);
	expect(stage.wordpress.requests).toEqual([]);
	expect((await stage.check([], { IDENTITY_KEYS })).found('site')).toMatch(/^pass/);
});

it('keys: given, but unusable', async () => {
	const IDENTITY_KEYS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}';
	expect((await stage.check([], { IDENTITY_KEYS })).found('keys')).toBe(
		'fail: There are keys, but none for EdDSA. Publish a public key of one of these kinds.'
	);
});

it('keys: a key set', async () => {
	const IDENTITY_JWKS_URL = `${stage.wordpress.url}/jwks?canary=1`;
	const keys = async () => (await stage.check([], { IDENTITY_JWKS_URL })).found('keys');
	stage.wordpress.answer = answerJson({ keys: [stage.key.jwk, stage.key.jwk] });
	expect(await keys()).toBe('pass: The key set of IDENTITY_JWKS_URL can be fetched.');
	stage.wordpress.answer = answerText('', 404);
	expect(await keys()).toMatch(/^fail: .*could not be fetched\. Check IDENTITY_JWKS_URL/);
	stage.wordpress.answer = reset;
	expect(await keys()).toMatch(/^fail: 127.* closed the connection.*IDENTITY_JWKS_URL/);
	stage.wordpress.answer = answerJson({ keys: [{ kty: 'EC', crv: 'P-521', x: 'A', y: 'A' }] });
	expect(await keys()).toMatch(/^fail: There are keys, but none for EdDSA, Ed25519, ES256/);
});

// vendor-key and contact

it('vendor-key: refused', async () => {
	stage.vendor.answer = answerText('canary', 401);
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('vendor-key')).toMatch(
		/^fail: eSputnik refused the API key \(401\)\. Check ESPUTNIK_API_KEY.*--contact tells/
	);
	expect(found('contact')).toMatch(/^skip: .*--contact/);
	expect((await stage.check(['--contact', '2'])).found('contact')).toMatch(/^fail: .*\(401\)/);
});

it('vendor-key: one that may only fetch tokens is good enough', async () => {
	const usual = stage.vendor.answer;
	stage.vendor.answer = (request, response) =>
		(request.method === 'GET' ? answerText('', 403) : usual)(request, response);
	const { code, found } = await stage.check(['--contact', '2']);
	expect(code).toBe(0);
	expect(found('vendor-key')).toMatch(/^pass: .*for tokens/);
});

it('vendor-key: eSputnik is out of order, or not there', async () => {
	stage.vendor.answer = answerText('', 502);
	expect((await stage.check()).found('vendor-key')).toMatch(/^fail: .*out of order.*\(502\)/);
	stage.vendor.answer = answerText('<h1>');
	expect((await stage.check()).found('vendor-key')).toMatch(/^fail: .*Check ESPUTNIK_API_URL/);
	const nowhere = await stage.check([], { ESPUTNIK_API_URL: `http://${await closedPort()}/api` });
	expect(nowhere.found('vendor-key')).toMatch(/^fail: Nothing listens at 127.*ESPUTNIK_API_URL/);
});

it.each([
	['canary.contact@example.com', 'email', { email: 'canary.contact@example.com' }],
	['+380 (50) 111-22-33', 'phone', { phone: '+380501112233' }],
	['A-17', 'externalCustomerId', { externalCustomerId: 'A-17' }],
])('contact: looks for %s', async (value, name, body) => {
	const { code, found } = await stage.check(['--contact', value]);
	expect(code).toBe(0);
	const asked = stage.vendor.requests.find(({ method }) => method === 'POST');
	expect(JSON.parse(asked!.body)).toEqual(body);
	expect(found('contact')).toContain(`pass: eSputnik knows this ${name}`);
	expect(found('contact').includes('IDENTIFY_BY')).toBe(name === 'phone');
});

it('contact: unknown', async () => {
	const { code, found } = await stage.check(['--contact', '404']);
	expect(code).toBe(1);
	expect(found('contact')).toMatch(
		/^fail: eSputnik has no contact with this externalCustomerId\. Add it there/
	);
});

// endpoint

it('endpoint: the web server does not pass /app-inbox/ on, and WordPress answers', async () => {
	stage.unroute();
	const { code, checks, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('endpoint')).toMatch(
		/^fail: WordPress answers at \S+\/app-inbox\/health \(404\): the web server does not pass \/app-inbox\/ on to the function\. .*nginx\.conf/
	);
	expect(checks.slice(6).map(({ message }) => message)).toEqual(
		Array(4).fill('Not tried. Mend endpoint first.')
	);
});

it.each<[string, Answer, RegExp]>([
	[
		'no such page',
		answerText('<h1>nginx', 404),
		/knows nothing about \/app-inbox\/ \(404\).*nginx/,
	],
	[
		'a page of WordPress with 200',
		answerText('<link href="/wp-content/x.css">'),
		/WordPress answers .*\(200\)/,
	],
	['a gateway without a function', answerText('', 502), /does not reach the function \(502\)/],
	['a firewall', answerText('<h1>Attention', 403), /firewall or a password .*\(403\)/],
	['a page', answerText('<h1>Hello'), /Something other than the token function .*\(200\)/],
	['other JSON', answerJson({ status: 'ok' }), /Something other than the token function/],
	[
		'a version to steer a terminal with',
		answerJson({ status: 'ok', version: '\u001b[31m' }),
		/Something other than the token function/,
	],
	[
		'a redirect',
		answerText('', 308, { location: '//user:canary@www.example.com/x?canary#canary' }),
		/\/health redirects to http:\/\/www\.example\.com\/x\. Browsers refuse/,
	],
	['another base path', problem('not_found', 404), /does not know \/app-inbox\/.*BASE_PATH/],
	['a bad environment', problem('internal', 500), /out of order \(internal\).*log/],
	['a cut', reset, /closed the connection without an answer/],
	['something huge', answerText('x'.repeat(300_000)), /too large to be ours/],
])('endpoint: %s', async (_, answer, expected) => {
	stage.instead['GET /app-inbox/health'] = answer;
	const endpoint = ['--endpoint', `${stage.front.url}/app-inbox/token`];
	const { code, checks, found } = await stage.check(endpoint);
	expect(code).toBe(1);
	expect(found('endpoint')).toMatch(/^fail: /);
	expect(found('endpoint')).toMatch(expected);
	expect(checks.slice(6).map(({ status }) => status)).toEqual(Array(4).fill('skip'));
});

it('endpoint: no answer in time', async () => {
	stage.instead['GET /app-inbox/health'] = hang;
	const { found } = await stage.check(['--timeout', '1']);
	expect(found('endpoint')).toMatch(/^fail: 127\S+ gave no answer in time\./);
});

it('endpoint: another version is ours, and has to be deployed again', async () => {
	stage.instead['GET /app-inbox/health'] = answerJson({ status: 'ok', version: '1.2.2' });
	const { code, checks, found } = await stage.check(['--contact', '2']);
	expect(code).toBe(1);
	expect(statuses(checks)).toEqual({ ...ALL_PASS, endpoint: 'fail' });
	expect(found('endpoint')).toMatch(/is version 1\.2\.2, and this program 1\.2\.3\. Deploy/);
});

// origin, refusal, loader

it('origin: the function was deployed for another site', async () => {
	const { code, found } = await stage.check([], { ALLOWED_ORIGINS: 'https://shop.example.com' });
	expect(code).toBe(1);
	expect(found('origin')).toMatch(
		/^fail: .*does not let pages of https:\/\/shop\.example\.com ask\. .*SITE_URL.*ALLOWED_ORIGINS/
	);
	expect(found('refusal')).toMatch(/^pass/);
});

it.each<[string, Answer, RegExp]>([
	[
		'for everybody',
		answerText('', 204, { 'access-control-allow-origin': '*' }),
		/answers preflights itself/,
	],
	['without a word', answerText('', 200), /answers preflights itself/],
	[
		'twice',
		(_, response) => {
			response.writeHead(204, [
				...['access-control-allow-origin', 'http://a.example'],
				...['access-control-allow-origin', 'http://a.example'],
			]);
			response.end();
		},
		/allows an origin twice/,
	],
	['by a firewall', answerText('', 403), /firewall/],
	['by a web server', answerText('', 405), /knows nothing about/],
])('origin: a preflight is answered %s', async (_, answer, expected) => {
	stage.instead['OPTIONS /app-inbox/token'] = answer;
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('origin')).toMatch(/^fail: /);
	expect(found('origin')).toMatch(expected);
});

it.each<[string, Answer, RegExp]>([
	['a token for anybody', answerJson({ token: 'tok_canary' }), /as if it had one\. A cache/],
	[
		'one that may be stored',
		problem('unauthenticated', 401, { 'cache-control': 'public' }),
		/no-store/,
	],
	['one out of a cache', problem('unauthenticated', 401, { age: '7' }), /may be stored/],
	['one of a password', answerText('', 401), /firewall or a password/],
	['one of another kind', problem('origin_not_allowed', 403), /refuses the site’s origin/],
	['one too many', problem('rate_limited', 429), /Wait a minute.*TRUSTED_PROXIES/],
	['the right code with another status', problem('unauthenticated', 403), /out of order/],
])('refusal: %s', async (_, answer, expected) => {
	stage.instead['POST /app-inbox/token'] = answer;
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('refusal')).toMatch(/^fail: /);
	expect(found('refusal')).toMatch(expected);
});

const script = { 'content-type': 'text/javascript', etag: '"x"' };

it.each<[string, Answer, RegExp]>([
	['a page', answerText('<h1>', 200, { etag: '"x"' }), /is no script/],
	['an empty one', answerText('', 200, script), /is no script/],
	['without an ETag', answerText('1', 200, { 'content-type': script['content-type'] }), /ETag/],
	['not there', answerText('', 404), /knows nothing about/],
])('loader: %s', async (_, answer, expected) => {
	stage.instead['GET /app-inbox/loader.js'] = answer;
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('loader')).toMatch(/^fail: /);
	expect(found('loader')).toMatch(expected);
});

// token

it('token: a credential made with IDENTITY_SECRET goes the whole way', async () => {
	const passOn = await stage.startFunction({ IDENTITY_SECRET: SECRET });
	const way: Record<string, Answer> = { 'POST /app-inbox/check': passOn };
	const env = { IDENTITY_SECRET: SECRET };

	stage.instead = way;
	const known = await stage.check(['--contact', '2'], env);
	expect(known.code).toBe(0);
	expect(statuses(known.checks)).toEqual({
		...ALL_PASS,
		site: 'skip',
		token: 'pass',
		'token/identity': 'pass',
		'token/vendor-key': 'pass',
		'token/contact': 'pass',
	});
	expect(stage.vendor.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);

	const unknown = await stage.check(['--contact', '404'], env);
	expect(unknown.code).toBe(1);
	expect(unknown.found('token')).toMatch(/^fail: .*The lines below/);
	expect(unknown.found('token/contact')).toMatch(/^fail: eSputnik has no contact/);

	expect((await stage.check([], env)).found('token')).toMatch(/^skip: .*--contact/);
	const email = ['--contact', 'canary.contact@example.com'];
	expect((await stage.check(email, env)).found('token')).toMatch(/^skip: .*externalCustomerId/);
	const byEmail = await stage.check(email, { ...env, IDENTIFY_BY: 'email' });
	expect(byEmail.found('token')).toMatch(/^pass/);

	const other = { IDENTITY_SECRET: `${SECRET}-another` };
	expect((await stage.check(['--contact', '2'], other)).found('token')).toMatch(
		/^fail: .*does not accept the credential\. .*IDENTITY_SECRET or SITE_URL differ/
	);
});

it('token: an administrator’s credential out of APP_INBOX_JWT goes the whole way', async () => {
	const jwt = (role?: string) => sign(claimsOf(stage.site, { role }), stage.key);
	const admin = { APP_INBOX_JWT: await jwt('administrator') };
	const { code, checks } = await stage.check(['--jwt'], admin);
	expect(code).toBe(0);
	expect(checks.slice(9).map(({ id, status }) => `${id} ${status}`)).toEqual([
		'token pass',
		'token/identity pass',
		'token/vendor-key pass',
		'token/contact pass',
	]);
	expect((await stage.check([], admin)).found('token')).toMatch(/^skip: Only the browser/);
	const anyone = { APP_INBOX_JWT: await jwt() };
	expect((await stage.check(['--jwt'], anyone)).found('token')).toMatch(/^fail: .*"role"/);
	stage.wordpress.answer = answerText('', 503);
	const fresh = { APP_INBOX_JWT: forge({ alg: 'EdDSA', kid: 'new' }, claimsOf(stage.site), 'x') };
	expect((await stage.check(['--jwt'], fresh)).found('token')).toMatch(/^fail: /);
});

it.each<[string, Answer, RegExp]>([
	['nonsense', answerJson({ checks: 'canary' }), /^fail: Something other/],
	['nothing', answerJson({ checks: [] }), /^fail: Something other/],
	[
		'escape sequences',
		answerJson({ checks: [{ id: 'identity', status: 'pass', message: '\u001b[2J' }] }),
		/^fail: Something other/,
	],
	['no keys', problem('site_unavailable', 502), /^fail: .*cannot ask the site/],
	['nothing at all', reset, /^fail: .*does not reach the function \(502\)/],
])('token: the function answers %s', async (_, answer, expected) => {
	stage.instead['POST /app-inbox/check'] = answer;
	const APP_INBOX_JWT = forge({ alg: 'HS256' }, { canary: true }, 'x');
	const { code, found } = await stage.check(['--jwt'], { APP_INBOX_JWT });
	expect(code).toBe(1);
	expect(found('token')).toMatch(expected);
});

// secrets

it('a server that sends secrets back does not get them onto the screen', async () => {
	stage.instead['POST /app-inbox/check'] = (request, response) =>
		answerJson({
			checks: [
				{
					id: 'identity',
					status: 'fail',
					message: `${request.headers.authorization} ${API_KEY}. Do ${API_KEY}.`,
				},
			],
		})(request, response);
	const env = { IDENTITY_SECRET: SECRET };
	const { found } = await stage.check(['--contact', '2'], env);
	expect(found('token/identity')).toBe('fail: Bearer [secret] [secret]. Do [secret].');
	const { stdout } = await stage.run(['--contact', '2'], { ...env, COLUMNS: '40' });
	expect(stdout).toContain('[secret]');
});

it('an error that nobody expected says its name and nothing else', async () => {
	const preload = (code: string) => ({
		NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
	});
	const inCheck = await stage.check(
		[],
		preload('Headers.prototype.get = () => { throw new RangeError("canary"); };')
	);
	expect(inCheck.code).toBe(1);
	expect(inCheck.found('loader')).toMatch(/^fail: This check broke/);
	expect(inCheck.found('site')).toMatch(/^fail: This check broke \(RangeError\)\. .*report/);
	const { code, stdout, stderr } = await stage.run(
		[],
		preload('process.stdout.write = () => { throw new RangeError("canary"); };')
	);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toBe(
		'app-inbox: an error that nobody expected (RangeError). Please report it.\n'
	);
});

it('nothing secret was ever written: no key, secret, credential, token, address or answer', () => {
	const output = stage.program.output();
	expect(output.length).toBeGreaterThan(50_000);
	const token = tokenOf({ externalCustomerId: '2' });
	const found = output.match(new RegExp(`.{0,80}(canary|tok_|eyJ|${token}).{0,40}`, 'gi'));
	expect(found).toBeNull();
});
