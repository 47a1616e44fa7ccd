import { expect, it } from 'vitest';
import { answerText } from '../../edge/upstreams.ts';
import { API_KEY, closedPort, Stage } from './stage.ts';

const stage = new Stage();

it('vendor-key: refused', async () => {
	stage.vendor.answer = answerText('canary', 401);
	const { code, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('vendor-key')).toMatch(
		/^fail: eSputnik refused the API key \(401\)\. Check ESPUTNIK_API_KEY.*90 days.*api\.yespo\.io.*--contact tells/
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

it('vendor-key: one that may not fetch tokens is told apart, and no more is claimed', async () => {
	const usual = stage.vendor.answer;
	stage.vendor.answer = (request, response) =>
		(request.method === 'POST' ? answerText('', 403) : usual)(request, response);
	const alone = await stage.check();
	expect(alone.code).toBe(0);
	expect(alone.found('vendor-key')).toBe(
		'pass: eSputnik accepts the API key of “Shop Ltd”. Whether for tokens too shows only with a contact. --contact tries one.'
	);
	const { code, found } = await stage.check(['--contact', '2']);
	expect(code).toBe(1);
	expect(found('vendor-key')).toMatch(/^pass: .*Whether for tokens too/);
	expect(found('contact')).toMatch(/^fail: .*refused the API key for tokens.*Full access to API/);
});

it('vendor-key: while it is being replaced', async () => {
	const ESPUTNIK_API_KEY_NEXT = 'canary-key-next-6c5b4a3210';
	const key = async () => {
		const { code, found } = await stage.check(['--contact', '2'], { ESPUTNIK_API_KEY_NEXT });
		return `${code} ${found('vendor-key')} / ${found('contact')}`;
	};
	expect(await key()).toMatch(
		/^0 pass: .*accepts ESPUTNIK_API_KEY_NEXT too.*switch the old.*\/ pass/
	);
	const alone = await stage.check([], { ESPUTNIK_API_KEY_NEXT });
	expect(alone.found('vendor-key')).toMatch(/^pass: .*NEXT too\..*shows only with a contact/);
	const usual = stage.vendor.answer;
	const refuse = (refused: string) => {
		stage.vendor.answer = (request, response) =>
			(request.headers.authorization === `Basic ${btoa(`user:${refused}`)}`
				? answerText('', 401)
				: usual)(request, response);
	};
	refuse(API_KEY);
	expect(await key()).toMatch(/^0 pass: .*refuses ESPUTNIK_API_KEY and accepts.*\/ pass/);
	refuse(ESPUTNIK_API_KEY_NEXT);
	expect(await key()).toMatch(/^1 fail: ESPUTNIK_API_KEY_NEXT cannot take .*\/ pass/);
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
