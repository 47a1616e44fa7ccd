import type { CheckId } from '../../src/admin/check/result.ts';
import {
	CHECK,
	HEALTH,
	noToken,
	page,
	part,
	PERSON,
	problem,
	report,
	SCRIPT_ID,
	SECRETS,
	seen,
	TOKEN,
	type World,
} from './check-world.ts';

/** One link, how it breaks, and what is to be said. */
export interface BrokenLink {
	name: string;
	breaks: (world: World) => void;
	failed: CheckId;
	message: RegExp;
	advice: RegExp;
	skipped?: CheckId[];
}

/** From eSputnik's script to the token. */
export const BROKEN_ON_THE_WAY: BrokenLink[] = [
	{
		name: 'no script id',
		breaks: (world) => (world.settings.scriptId = ''),
		failed: 'script',
		message: /no script id/,
		advice: /Paste your snippet/,
	},
	{
		name: 'an id that eSputnik does not know',
		breaks(world) {
			world.script = 'failed';
			world.answers[`GET https://cdn.esputnik.com/scripts/${SCRIPT_ID}.js`] = {
				status: 200,
			};
		},
		failed: 'script',
		message: /no script with this id/,
		advice: /Copy the snippet again/,
	},
	{
		name: 'an ad blocker',
		breaks(world) {
			world.script = 'failed';
			world.frames = [seen({}, { state: 'blocked', token: 'none' })];
		},
		failed: 'script',
		message: /could not load anything from cdn\.esputnik\.com/,
		advice: /ad blocker/,
		skipped: ['front-page', 'one-init'],
	},
	{
		name: 'no endpoint',
		breaks(world) {
			world.settings.endpoint = '';
		},
		failed: 'endpoint',
		message: /no address yet/,
		advice: /Token function/,
		skipped: ['origin', ...PERSON],
	},
	{
		name: 'an endpoint that is down',
		breaks(world) {
			world.answers[HEALTH] = null;
			noToken(world);
		},
		failed: 'endpoint',
		message: /Nothing answers at/,
		advice: /Start the token function/,
		skipped: ['origin', ...PERSON, 'front-page'],
	},
	{
		name: 'a web server that does not reach it',
		breaks(world) {
			world.answers[HEALTH] = { status: 502, body: 'Bad gateway' };
			noToken(world);
		},
		failed: 'endpoint',
		message: /does not reach the token function \(502\)/,
		advice: /PORT/,
		skipped: ['origin', ...PERSON, 'front-page'],
	},
	{
		name: 'a web server that does not pass it on',
		breaks(world) {
			world.answers[HEALTH] = { status: 404, body: page('/wp-content/themes/x/') };
			noToken(world);
		},
		failed: 'endpoint',
		message: /WordPress answers instead .*\/app-inbox\//,
		advice: /nginx or Apache/,
		skipped: ['origin', ...PERSON, 'front-page'],
	},
	{
		name: 'a firewall before it',
		breaks(world) {
			world.answers[HEALTH] = { status: 403, body: '<h1>Forbidden</h1>' };
			noToken(world);
		},
		failed: 'endpoint',
		message: /firewall or a password/,
		advice: /Exempt \/app-inbox\//,
		skipped: ['origin', ...PERSON, 'front-page'],
	},
	{
		name: 'another version',
		breaks(world) {
			world.answers[HEALTH] = { body: { status: 'ok', version: '0.9.0' } };
		},
		failed: 'endpoint',
		message: /version 0\.9\.0.*version 1\.2\.3/,
		advice: /Deploy the token function again/,
	},
	{
		name: 'a wrong origin',
		breaks(world) {
			world.answers[TOKEN] = problem(403, 'origin_not_allowed');
			noToken(world);
		},
		failed: 'origin',
		message: /does not let pages of https:\/\/shop\.example ask/,
		advice: /SITE_URL.*ALLOWED_ORIGINS/,
		skipped: [...PERSON, 'front-page'],
	},
	{
		name: 'a cache before the token function',
		breaks(world) {
			world.answers[TOKEN] = { body: { token: SECRETS.token } };
		},
		failed: 'origin',
		message: /without any login got an answer/,
		advice: /cache/,
		skipped: PERSON,
	},
	...[
		{
			code: 'unauthenticated',
			message: /does not believe that you are logged in/,
			advice: /SITE_URL to https:\/\/shop\.example,.*clocks.*IDENTITY_SECRET.*log names the cause/,
		},
		{
			code: 'forbidden',
			message: /not as an administrator/,
			advice: /administrator’s account/,
		},
		{ code: 'rate_limited', message: /too many tries/, advice: /Wait a minute/ },
		{
			code: 'site_unavailable',
			message: /does not get your site’s keys/,
			advice: /get https:\/\/shop\.example\/\?app-inbox=keys without.*WORDPRESS_URL.*IDENTITY_KEYS/,
		},
		{
			code: 'not_found',
			message: /does not know the path \/app-inbox\//,
			advice: /BASE_PATH/,
		},
		{
			code: 'body_too_large',
			message: /changes requests \(body_too_large\)/,
			advice: /proxy/,
		},
		{ code: 'internal', message: /out of order \(internal, 500\)/, advice: /log says why/ },
	].map(({ code, message, advice }): BrokenLink => ({
		name: `a check that is answered ${code}`,
		breaks(world) {
			world.answers[CHECK] = problem(500, code);
		},
		failed: 'identity',
		message,
		advice,
		skipped: ['vendor-key', 'contact', 'token'],
	})),
	{
		name: 'an answer to the check that is none',
		breaks(world) {
			world.answers[CHECK] = { body: { checks: [{ id: 'identity', status: 'maybe' }] } };
		},
		failed: 'identity',
		message: /Something other than the token function/,
		advice: /typing mistake/,
		skipped: ['vendor-key', 'contact', 'token'],
	},
	{
		name: 'nothing to ask eSputnik by',
		breaks(world) {
			world.answers[CHECK] = report(part('identity', 'fail'), part('contact', 'skip'));
			noToken(world, 'unknown-contact');
		},
		failed: 'identity',
		message: /nothing that it asks eSputnik by/,
		advice: /IDENTIFY_BY/,
		skipped: ['contact', 'token', 'front-page'],
	},
	{
		name: 'a wrong key',
		breaks(world) {
			const hint = 'eSputnik refused the API key (401). Check ESPUTNIK_API_KEY.';
			world.answers[CHECK] = report(
				part('vendor-key', 'fail', hint),
				part('contact', 'fail', hint)
			);
			noToken(world);
		},
		failed: 'vendor-key',
		message: /does not accept the token function’s API key/,
		advice: /Settings → API → New key.*Full access to API.*ESPUTNIK_API_KEY.*Never enter it in WordPress.*90 days.*ESPUTNIK_API_URL=https:\/\/api\.yespo\.io\/api/,
		skipped: ['contact', 'token', 'front-page'],
	},
	{
		name: 'eSputnik out of order',
		breaks(world) {
			const hint = 'eSputnik is out of order or busy (503).';
			world.answers[CHECK] = report(
				part('vendor-key', 'fail', hint),
				part('contact', 'fail', hint)
			);
			noToken(world);
		},
		failed: 'vendor-key',
		message: /no usable answer/,
		advice: /It says: “eSputnik is out of order or busy \(503\)\.”/,
		skipped: ['contact', 'token', 'front-page'],
	},
	{
		name: 'a key without the right to tokens',
		breaks(world) {
			world.answers[CHECK] = report(
				part('contact', 'fail', 'eSputnik refused the API key (403).')
			);
			noToken(world);
		},
		failed: 'contact',
		message: /may not look up contacts/,
		advice: /Settings → API → New key.*Full access to API/,
		skipped: ['token', 'front-page'],
	},
	{
		name: 'an unknown contact',
		breaks(world) {
			world.answers[CHECK] = report(
				part('contact', 'fail', 'eSputnik has no contact with your email.')
			);
			noToken(world, 'unknown-contact');
		},
		failed: 'contact',
		message: /does not know you as a contact/,
		advice: /externalCustomerId/,
		skipped: ['token', 'front-page'],
	},
	{
		name: 'no token in the end',
		breaks(world) {
			world.answers[TOKEN] = ({ headers }) =>
				headers ? problem(502, 'vendor_unavailable') : problem(401, 'unauthenticated');
			noToken(world);
		},
		failed: 'token',
		message: /no usable answer/,
		advice: /esputnik\.com/,
		skipped: ['front-page'],
	},
	{
		name: 'somebody else’s token',
		breaks(world) {
			world.answers[TOKEN] = ({ headers }) =>
				headers
					? {
							headers: { credential: 'of another login' },
							body: { token: SECRETS.token },
						}
					: problem(401, 'unauthenticated');
			noToken(world);
		},
		failed: 'token',
		message: /answers somebody else’s request/,
		advice: /keeps answers to POST requests.*Exempt/,
		skipped: ['front-page'],
	},
];
