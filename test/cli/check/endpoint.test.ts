import { expect, it } from 'vitest';
import { answerJson, answerText, hang, reset, type Answer } from '../../edge/upstreams.ts';
import { ALL_PASS, statuses } from './findings.ts';
import { problem } from './own-problem.ts';
import { Stage } from './stage.ts';

const stage = new Stage();

it('endpoint: the web server does not pass /app-inbox/ on, and WordPress answers', async () => {
	stage.unroute();
	const { code, checks, found } = await stage.check();
	expect(code).toBe(1);
	expect(found('endpoint')).toMatch(
		/^fail: WordPress answers at \S+\/app-inbox\/health \(404\): the web server does not pass \/app-inbox\/ on to the function\. .*nginx\.conf/
	);
	expect(checks.slice(5).map(({ message }) => message)).toEqual(
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
	expect(checks.slice(5).map(({ status }) => status)).toEqual(Array(4).fill('skip'));
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
