import type { Context } from '../../src/admin/check/context.ts';
import { runChecks } from '../../src/admin/check/run.ts';
import { CHECKS, type CheckId, type Result } from '../../src/admin/check/result.ts';
import { defaultSettings, type Settings } from '../../src/settings/index.ts';
import { ID, scriptUrl } from '../esputnik/snippets.ts';

export const SITE = 'https://shop.example';
export const ELSEWHERE = 'https://inbox.example';
export const SCRIPT_ID = ID;
const VERSION = '1.2.3';

/** What the check asks for. */
export const HEALTH = `GET ${SITE}/app-inbox/health`;
export const TOKEN = `POST ${SITE}/app-inbox/token`;
export const CHECK = `POST ${SITE}/app-inbox/check`;
export const IDENTITY = 'POST /?app-inbox=identity';
/** Something that WordPress gives to administrators alone. */
export const KEPT = `GET ${SITE}/?rest_route=/wp/v2/settings&_fields=title`;
export const FRONT = `GET ${SITE}/`;

/** A credential as WordPress makes it, for the login of which these are the thirty digits. */
export function jwtOf(digits: string): string {
	const claims = btoa(JSON.stringify({ mark: digits, sub: '1' })).replace(/=+$/, '');
	return `eyJhbGciOiJFZERTQSJ9.${claims}.c2lnbmF0dXJlIG9mIHRoZSBzaXRl`;
}

/** What must never be seen in a result. */
export const SECRETS = {
	nonce: 'nonce5ecret',
	marker: btoa('5ec2e7'.repeat(5)),
	jwt: jwtOf('5ec2e7'.repeat(5)),
	token: 'token-of-the-inbox-5ecret',
};

/** An answer; null: none can be had. */
export type Reply =
	| { status?: number; headers?: Record<string, string>; body?: unknown; redirectedTo?: string }
	| null
	/** Nothing for as long as anybody waits. */
	| 'silence';

type Answer = (init: RequestInit) => Reply;

/** A whole site on which everything works, of which a test breaks one thing. */
export interface World {
	settings: Settings;
	data: Context['data'];
	origin: string;
	marker: string | undefined;
	/** By method and address; a query counts only where it is named. */
	answers: Record<string, Answer | Reply>;
	/** What is printed into the front page's head, before and behind our own script. */
	head: string;
	headers: Record<string, string>;
	script: 'loaded' | 'failed' | 'timeout';
	/** What the hidden frame shows, look after look; the last one stays. Null: it may not be looked into. */
	frames: unknown[];
	/** Every request, as `POST https://…`. */
	requests: Array<{ request: string; init: RequestInit }>;
	framesOpen: number;
}

const config = (settings: Settings): Record<string, unknown> => ({
	scriptId: settings.scriptId,
	features: settings.features,
	endpoint: settings.endpoint.replace(SITE, ''),
});

export const ourScript = (settings: Settings, attributes = '') =>
	`<script id="app-inbox-for-esputnik"${attributes}>/* ours */appInbox.init(${JSON.stringify(config(settings))})</script>`;

export const page = (head: string, body = '<p>Hello</p>') =>
	`<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;

const part = (id: string, status = 'pass', message = 'Fine.') => ({ id, status, message });
export const report = (...changed: Array<ReturnType<typeof part>>) => ({
	body: {
		checks: ['identity', 'vendor-key', 'contact'].map(
			(id) => changed.find((one) => one.id === id) ?? part(id)
		),
	},
});
export { part };

export const problem = (status: number, code: string): Reply => ({
	status,
	headers: { 'content-type': 'application/problem+json' },
	body: { type: 'about:blank', title: 'X', status, code },
});

export const seen = (changes: Record<string, unknown> = {}, status: object = {}) => ({
	status: {
		version: VERSION,
		state: 'initialised',
		init: 'ours',
		token: 'received',
		message: 'Open ?app-inbox-debug.',
		...status,
	},
	scripts: [scriptUrl()],
	snippets: [],
	es: 'vendor',
	consent: 'no tool',
	...changes,
});

export function createWorld(change: (settings: Settings) => void = () => {}): World {
	const settings = {
		...defaultSettings(),
		scriptId: SCRIPT_ID,
		endpoint: `${SITE}/app-inbox/token`,
	};
	change(settings);
	const base = settings.endpoint.replace(/\/token$/, '');
	const world: World = {
		settings,
		data: {
			roles: {},
			locks: [],
			version: VERSION,
			siteUrl: SITE,
			pluginUrl: `${SITE}/wp-content/plugins/app-inbox-for-esputnik`,
			identityUrl: '/?app-inbox=identity',
			userRoles: ['administrator'],
			plugins: { 'insert-headers': 'Headers and Footers', 'yespo-cdp': 'Yespo' },
			themes: { astra: 'Astra' },
		},
		origin: SITE,
		marker: SECRETS.marker,
		answers: {
			[`GET ${base}/health`]: { body: { status: 'ok', version: VERSION } },
			[`POST ${base}/token`]: ({ headers }) =>
				headers ? { body: { token: SECRETS.token } } : problem(401, 'unauthenticated'),
			[`POST ${base}/check`]: report(),
			[IDENTITY]: { body: SECRETS.jwt },
			[KEPT]: ({ headers }) =>
				headers ? { body: { title: 'Shop' } } : { status: 401, body: { code: 'x' } },
			[`GET ${SITE}/`]: () => ({
				headers: world.headers,
				body: page(`${world.head}${ourScript(settings)}`),
			}),
		},
		head: '',
		headers: {},
		script: 'loaded',
		frames: [seen()],
		requests: [],
		framesOpen: 0,
	};
	return world;
}

/** Runs all checks on it; time passes only where somebody waits. */
export async function check(world: World): Promise<Record<CheckId, Result>> {
	let now = 1_000_000;
	const looks = [...world.frames];
	const context: Context = {
		...world,
		marker: () => world.marker,
		restNonce: () => SECRETS.nonce,
		random: () => 0.25,
		now: () => now,
		pause: async (ms) => void (now += ms),
		timeout: () => AbortSignal.abort(),
		loadScript: async () => world.script,
		parseHtml: (html) => new DOMParser().parseFromString(html, 'text/html'),
		digest: async (algorithm, text) => `${algorithm}${text.length}`,
		async openFrame() {
			world.framesOpen++;
			return {
				look: () => (looks.length > 1 ? looks.shift() : looks[0]),
				close: () => void world.framesOpen--,
			};
		},
		async fetch(url, init) {
			const request = `${init.method ?? 'GET'} ${url}`;
			world.requests.push({ request, init });
			const found = [/$/, /&(app-inbox-check=)?[\d.]+$/, /\?.*/]
				.map((rest) => world.answers[request.replace(rest, '')])
				.find((answer) => answer !== undefined);
			const reply = typeof found === 'function' ? found(init) : found;
			if (!reply || reply === 'silence') {
				// The fake clock's signals are all over: without an answer, that is a timeout.
				throw new TypeError('Failed to fetch');
			}
			const { status = 200, headers = {}, body = '', redirectedTo } = reply;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const response = new Response(status === 204 ? null : text, { status, headers });
			return redirectedTo
				? Object.defineProperties(response, {
						redirected: { value: true },
						url: { value: redirectedTo },
					})
				: response;
		},
	};
	// Whether a missing answer is a timeout is up to the test.
	context.timeout = () =>
		Object.values(world.answers).includes('silence')
			? AbortSignal.abort()
			: new AbortController().signal;
	const told: Result[] = [];
	const results = await runChecks(context, (result) => told.push(result));
	if (JSON.stringify(told) !== JSON.stringify(results)) {
		throw new Error('What was told on the way is not what came out.');
	}
	return Object.fromEntries(results.map((result) => [result.id, result])) as Record<
		CheckId,
		Result
	>;
}

/** Each link's word. */
export const statuses = async (world: World) =>
	Object.fromEntries(Object.values(await check(world)).map(({ id, status }) => [id, status]));
/** The words where this one link is broken. */
export const without = (failed: CheckId, skipped: CheckId[] = []) =>
	Object.fromEntries([
		...CHECKS.map((id) => [id, skipped.includes(id) ? 'skip' : 'pass']),
		[failed, 'fail'],
	]);

/** The links that are about the person who checks. */
export const PERSON: CheckId[] = ['identity', 'vendor-key', 'contact', 'token'];
export const noToken = (world: World, token = 'failed') => {
	world.frames = [seen({}, { token })];
};
