import { createHash } from 'node:crypto';
import { createHandler } from '../../src/edge/handler.ts';
import type { Clock, Context, HttpRequest, HttpResult, Platform } from '../../src/edge/types.ts';
import { bearer, SECRET } from './credentials.ts';

/** A clock that stands still until a test turns it. */
export class FakeClock implements Clock {
	#now = Date.parse('2026-03-01T12:00:00Z');
	#timers = new Set<{ at: number; run: () => void }>();

	now = () => this.#now;

	after = (milliseconds: number, run: () => void) => {
		const timer = { at: this.#now + milliseconds, run };
		this.#timers.add(timer);
		return () => void this.#timers.delete(timer);
	};

	/** Turns the clock, runs what is due, and lets all that follows from it happen. */
	async advance(milliseconds: number) {
		await settle();
		this.#now += milliseconds;
		for (const timer of [...this.#timers].filter(({ at }) => at <= this.#now)) {
			this.#timers.delete(timer);
			timer.run();
		}
		await settle();
	}

	get timers() {
		return this.#timers.size;
	}
}

/** Waits until nothing is left to do but what only a timer or another server can start. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

export type FakeServer = (request: HttpRequest) => Promise<HttpResult> | HttpResult;

/** In the place of the page that the build makes. */
export const rootPage = async () => ({
	html: '<!doctype html><p>It runs: “so”</p>',
	policy: "default-src 'none'; script-src 'sha256-canary'",
});

/** The token function in this process, with a clock, servers and a log of the test's own. */
export class FakePlatform implements Platform {
	version = '1.2.3';
	loader = '/* loader */';
	rootPage = rootPage;
	clock = new FakeClock();
	asked: HttpRequest[] = [];
	lines: string[] = [];
	handle = createHandler(this);

	constructor(
		/** Answers all that is asked, wherever. */
		public server: FakeServer,
		public env: Record<string, string | undefined> = {}
	) {
		this.env = {
			SITE_URL: 'https://site.example',
			IDENTITY_SECRET: SECRET,
			ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210',
			...env,
		};
	}

	http = async (request: HttpRequest) => {
		this.asked.push(request);
		return this.server(request);
	};

	/** The middle: every pause is as long as on average. */
	random = () => 0.5;
	randomId = () => 'id-1';
	hash = (text: string) => createHash('sha256').update(text).digest('hex');
	write = (line: string) => void this.lines.push(line);

	post(
		headers: Record<string, string>,
		init: RequestInit = {},
		context?: Context
	): Promise<Response> {
		const request = new Request('https://edge.example/app-inbox/token', {
			method: 'POST',
			...init,
			headers: { origin: 'https://site.example', ...headers },
		});
		return this.handle(request, this.env, context);
	}

	signed = (jwt: string) => this.post({ authorization: `Bearer ${jwt}` });

	/** A visitor's own credential, a good one. */
	bearer = (sub?: string) => bearer('https://site.example', sub, this.clock.now());
	visit = (sub?: string) => this.post(this.bearer(sub));

	/** Waits until an address with this text is asked, so often in all: cryptography takes threads, and so real time. */
	async asks(text: string, times = 1) {
		while (this.count(text) < times) {
			await new Promise(setImmediate);
		}
	}

	/** How often an address was asked that contains this text. */
	count = (text: string) => this.asked.filter(({ url }) => url.includes(text)).length;
}

export const answered = (
	value: unknown,
	status = 200,
	headers: Record<string, string> = {}
): HttpResult => ({
	ok: true,
	status,
	header: (name) => ({ 'content-type': 'application/json', ...headers })[name] ?? null,
	body: JSON.stringify(value),
});

/** Answers nothing until the time that the caller gave is up. */
export const silence = ({ deadline }: HttpRequest) =>
	new Promise<HttpResult>((resolve) =>
		deadline.whenPassed(() => resolve({ ok: false, failure: 'timeout' }))
	);
