import { expect, it } from 'vitest';
import { ALL_PASS, statuses } from './findings.ts';
import { API_KEY, Stage } from './stage.ts';

const stage = new Stage();

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

it('finds the function at an address of its own', async () => {
	const endpoint = `${stage.front.url}/app-inbox/token`;
	const { code, found } = await stage.check(['--endpoint', endpoint]);
	expect(code).toBe(0);
	expect(found('endpoint')).toContain(`${stage.front.url}/app-inbox.`);
});

it('takes BASE_PATH for the endpoint', async () => {
	const { found } = await stage.check([], { BASE_PATH: '/other' });
	expect(found('endpoint')).toContain(`${stage.site}/other/health`);
});

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
	expect(checks.slice(1).map(({ status }) => status)).toEqual(Array(8).fill('skip'));
	expect(found('vendor-key')).toBe('skip: Not tried. Mend environment first.');
	expect(found('endpoint')).toBe('skip: Not tried. Mend environment first, or give --endpoint.');
	expect(stage.vendor.requests).toEqual([]);
});

it('environment: in quotes, as docker run --env-file keeps them', async () => {
	const quoted = Object.entries(stage.env()).map(([name, value]) => [name, `"${value}"`]);
	const { checks, code } = await stage.check(['--contact', '2'], Object.fromEntries(quoted));
	expect(statuses(checks)).toEqual(ALL_PASS);
	expect(code).toBe(0);
	const { found } = await stage.check([], { ESPUTNIK_API_KEY: `${API_KEY}"` });
	expect(found('environment')).toMatch(
		/^fail: ESPUTNIK_API_KEY begins or ends with a quotation mark: write it without\. /
	);
});

it('environment: with --endpoint alone, the function itself is looked at', async () => {
	const endpoint = `${stage.site}/app-inbox/token`;
	const { code, checks } = await stage.check(['--endpoint', endpoint], { SITE_URL: undefined });
	expect(code).toBe(1);
	expect(statuses(checks)).toEqual({
		...ALL_PASS,
		environment: 'fail',
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
	expect(inCheck.found('origin')).toMatch(/^fail: This check broke \(RangeError\)\. .*report/);
	const { code, stdout, stderr } = await stage.run(
		[],
		preload('process.stdout.write = () => { throw new RangeError("canary"); };')
	);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toBe(
		'app-inbox: an error that nobody expected (RangeError). Please report it.\n'
	);
});
