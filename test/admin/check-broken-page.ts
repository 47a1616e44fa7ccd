import { TAG_MANAGER } from '../esputnik/snippets.ts';
import type { BrokenLink } from './check-broken-links.ts';
import { createWorld, FRONT, KEPT, page, seen, SITE } from './check-world.ts';

/** On the front page itself. */
export const BROKEN_ON_THE_PAGE: BrokenLink[] = [
	{
		name: 'a marker cookie that does not stay',
		breaks(world) {
			world.frames = [seen({}, { state: 'guest', init: 'none', token: 'none' })];
		},
		failed: 'front-page',
		message: /takes you for a guest/,
		advice: /app_inbox_user.*HttpOnly/,
		skipped: ['one-init'],
	},
	{
		name: 'a script that an optimiser holds back',
		breaks(world) {
			world.frames = [seen({ status: null })];
		},
		failed: 'front-page',
		message: /does not run on your front page/,
		advice: /exclude appInbox\.init/,
		skipped: ['one-init'],
	},
	{
		name: 'a vendor script that never asks for a token',
		breaks(world) {
			world.frames = [seen({}, { token: 'none' })];
		},
		failed: 'front-page',
		message: /does not ask for a token/,
		advice: /support/,
	},
	{
		name: 'a front page in maintenance',
		breaks(world) {
			world.answers[FRONT] = { status: 503, body: 'Back soon' };
		},
		failed: 'front-page',
		message: /\(503\)/,
		advice: /maintenance/,
		skipped: ['one-init', 'duplicate', 'page-cache', 'csp'],
	},
	{
		name: 'a snippet that starts first',
		breaks(world) {
			world.frames = [
				seen({}, { state: 'already-initialised', init: 'none', token: 'none' }),
			];
		},
		failed: 'one-init',
		message: /starts before App Inbox/,
		advice: /Remove that snippet/,
		skipped: ['front-page'],
	},
	{
		name: 'a script that removes eS',
		breaks(world) {
			world.frames = [seen({ es: 'none' })];
		},
		failed: 'one-init',
		message: /window\.eS/,
		advice: /one by one/,
	},
	{
		name: 'a snippet that a tag manager brings',
		breaks(world) {
			world.head = TAG_MANAGER;
			world.frames = [seen({}, { init: 'merged' })];
		},
		failed: 'duplicate',
		message: /comes with Google Tag Manager/,
		advice: /Google Tag Manager/,
	},
	{
		name: 'a consent plugin that breaks',
		breaks(world) {
			world.settings.features.tracking = true;
			world.frames = [seen({ consent: 'broken' })];
		},
		failed: 'consent',
		message: /breaks when it is asked/,
		advice: /Update the consent plugin/,
	},
	{
		name: 'a cached page without us',
		breaks(world) {
			world.headers = { 'x-litespeed-cache': 'hit' };
			const fresh = world.answers[FRONT];
			world.answers[`GET ${SITE}/?app-inbox-check=1000000`] = fresh!;
			world.answers[FRONT] = { headers: world.headers, body: page('') };
		},
		failed: 'page-cache',
		message: /without App Inbox in it/,
		advice: /Purge your page cache \(LiteSpeed Cache\)/,
	},
	{
		name: 'a cached page with older settings',
		breaks(world) {
			const old = createWorld((settings) => {
				settings.language = 'uk';
				settings.scriptId = 'F'.repeat(32);
			});
			world.answers[`GET ${SITE}/?app-inbox-check=1000000`] = world.answers[FRONT]!;
			world.answers[FRONT] = old.answers[FRONT]!;
		},
		failed: 'page-cache',
		message: /older settings/,
		advice: /Purge your page cache/,
	},
	{
		name: 'a cache that keeps what no cache may keep',
		breaks(world) {
			world.answers[KEPT] = { body: { title: 'Shop' } };
		},
		failed: 'kept-answers',
		message: /gives strangers what was answered to you/,
		advice: /Inboxes are safe.*no-store.*\?app-inbox=keys/,
	},
	{
		name: 'a token that comes to the check, and not to the page',
		breaks(world) {
			world.frames = [
				seen(
					{},
					{
						token: 'failed',
						message: `${SITE}/?app-inbox=identity 503 Open ?app-inbox-debug.`,
					}
				),
			];
		},
		failed: 'front-page',
		message: /no token arrives there/,
		advice: /wrong answer from https:\/\/shop\.example\/ \(503\)\. Check again/,
	},
	{
		name: 'a policy that blocks our script',
		breaks(world) {
			world.headers = {
				'content-security-policy': `script-src 'self' https://*.esputnik.com`,
			};
			world.frames = [seen({ status: null })];
		},
		failed: 'csp',
		message: /blocks App Inbox’s script/,
		advice: /script-src: by a nonce/,
		skipped: ['front-page', 'one-init'],
	},
];
