import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { request } from 'undici';
import { claimsOf, createKey, sign, type Claims, type SiteKey } from '../credentials.ts';
import { startUpstream, vendorUsually, wordPressUsually, type Upstream } from '../upstreams.ts';
import { checkExchange } from './exchange.ts';
import { isBelowBase } from './openapi.ts';

/** A runtime that the suite can start with any environment. */
export interface Runtime {
	name: string;
	/** Why it cannot be tried on this machine, and what to do. */
	missing?: string;
	open: () => Promise<void>;
	start: (env: Record<string, string>) => Promise<Running>;
	close: () => Promise<void>;
}

export interface Running {
	/** With the base path. */
	url: string;
	/** All that it has written so far. */
	output: () => string;
	stop: () => Promise<void>;
}

export interface Answered {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	json: any;
}

export interface Asking {
	method?: 'GET' | 'HEAD' | 'POST' | 'OPTIONS' | 'PUT' | 'DELETE' | 'PATCH';
	headers?: Record<string, string | string[]>;
	body?: string | Buffer | AsyncIterable<Buffer>;
}

export const API_KEY = 'canary-key-9f8e7d6c5b4a3210';
export const SHOP = 'https://shop.example.com';

/** The stage of all tests: WordPress, eSputnik, and token functions in front of them. */
export class World {
	wordpress!: Upstream;
	vendor!: Upstream;
	key!: SiteKey;
	otherKey!: SiteKey;
	/** Published too, though WordPress signs with Ed25519 alone. */
	ecKey!: SiteKey;
	main!: Running;
	/** All that was ever answered, for the search for secrets. */
	readonly answers: Answered[] = [];
	readonly running: Running[] = [];
	/** Where the requests of this test come from, as the proxy before the token function says. */
	address = '';
	private tests = 0;
	/** All credentials that were ever shown. */
	readonly shown = new Set<string>();

	constructor(readonly runtime: Runtime) {
		beforeAll(() => this.open());
		beforeEach(() => {
			this.address = `10.0.${Math.floor(this.tests / 256)}.${this.tests++ % 256}`;
			this.wordpress.reset();
			this.vendor.reset();
		});
		afterAll(() => this.close());
	}

	private async open() {
		await this.runtime.open();
		this.key = await createKey('key-1');
		this.otherKey = await createKey('key-2');
		this.ecKey = await createKey('key-ec', 'ES256');
		this.wordpress = await startUpstream(
			wordPressUsually(() => [this.key.jwk, this.otherKey.jwk, this.ecKey.jwk])
		);
		this.vendor = await startUpstream(vendorUsually);
		this.main = await this.start();
	}

	private async close() {
		await Promise.all(this.running.map(({ stop }) => stop()));
		await this.wordpress.close();
		await this.vendor.close();
		await this.runtime.close();
	}

	/** Another token function, with other settings. */
	async start(env: Record<string, string> = {}): Promise<Running> {
		const running = await this.runtime.start({
			SITE_URL: this.wordpress.url,
			ESPUTNIK_API_KEY: API_KEY,
			ESPUTNIK_API_URL: `${this.vendor.url}/api`,
			ALLOWED_ORIGINS: SHOP,
			// Out of the way of the other cases: each test comes from an address of its own.
			RATE_LIMIT_PER_MINUTE: '100000',
			TRUSTED_PROXIES: '1',
			...env,
		});
		this.running.push(running);
		return running;
	}

	/**
	 * What it says about an environment with which it cannot work: at its start, or where a platform
	 * starts everything, in its log, while every request gets a 500.
	 */
	async complaint(env: Record<string, string>): Promise<string> {
		let running: Running;
		try {
			running = await this.start(env);
		} catch (error) {
			return (error as Error).message;
		}
		for (const path of ['/health', '/loader.js']) {
			expect(await this.ask(path, {}, running)).toMatchObject({
				status: 500,
				json: { code: 'internal' },
			});
		}
		return running.output();
	}

	/** The site's own origin. */
	get site() {
		return this.wordpress.url;
	}

	jwt(change: Claims = {}, key = this.key, header: object = {}): Promise<string> {
		return sign(claimsOf(this.site, change), key, header);
	}

	/** Asks, and checks the answer against docs/openapi.yaml, whatever the case is about. */
	async ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}, at = this.main) {
		const response = await request(at.url + path, {
			method,
			headers: { 'x-forwarded-for': this.address, ...headers },
			body: (body ?? null) as never,
		});
		const text = await response.body.text();
		const json = /json/.test(String(response.headers['content-type']))
			? JSON.parse(text || 'null')
			: undefined;
		const answered = { status: response.statusCode, headers: response.headers, text, json };
		this.answers.push(answered);
		const { pathname } = new URL(at.url + path);
		if (isBelowBase(pathname)) {
			checkExchange({ method, path: pathname, sent: headers, ...answered });
		}
		for (const name of ['authorization', 'cookie']) {
			[headers[name] ?? []].flat().forEach((value) => this.shown.add(value));
		}
		return answered;
	}

	/** `POST /token` with a signed credential, from another origin. */
	signed(jwt: string, asking: Asking = {}, at = this.main): Promise<Answered> {
		const headers = { origin: SHOP, authorization: `Bearer ${jwt}`, ...asking.headers };
		return this.ask('/token', { method: 'POST', ...asking, headers }, at);
	}
}
