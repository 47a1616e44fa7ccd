import type { Deadline } from './clock.ts';
import type { Config } from './config.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/**
 * What the parts of the token function share. The core knows no runtime: time, randomness, hashing,
 * the way out to other servers and the log come in through `Platform`.
 */
export interface Platform {
	/** This release, as `GET /health` says it. */
	version: string;
	/** The text of `loader.js`: the front-end script of the same release. */
	loader: string;
	/** What `GET /` shows. Node reads its file only when it is asked for. */
	rootPage: () => Promise<RootPage>;
	clock: Clock;
	http: HttpClient;
	/** From 0 up to 1, for jitter; nothing secret is made of it. */
	random: () => number;
	/** An unguessable id for a request; it appears in the log and in `X-Request-Id`. */
	randomId: () => string;
	/** SHA-256 of a text. Runtimes with a synchronous one are much faster with it. */
	hash: (text: string) => string | Promise<string>;
	/** Takes a finished line of the log, without its line feed. */
	write: (line: string) => void;
	/** What an answer is made with. Default: the web's own. */
	Response?: new (body: string | null, init: ResponseInit) => Response;
	/**
	 * Limits that are counted beyond this process, by the platform or in a store, with the local ones
	 * to fall back on; null where the environment names nothing of the kind.
	 */
	shareLimits?: (local: Limits, service: Sharing) => Limits | null;
}

export interface RootPage {
	html: string;
	/** The Content-Security-Policy that allows the style and the script in it, and nothing else. */
	policy: string;
}

export interface Sharing {
	env: Env;
	config: Config;
	log: Log;
	metrics: Metrics;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Runs a function once, after so many milliseconds; the answer cancels it. */
	after: (milliseconds: number, run: () => void) => () => void;
}

/**
 * Asks another server. It never throws, never follows a redirect (the answer is the redirect), and
 * never reads more than `maxBytes`.
 */
export type HttpClient = (request: HttpRequest) => Promise<HttpResult>;

export interface HttpRequest {
	method: 'GET' | 'POST';
	/** Absolute, http or https. */
	url: string;
	headers: Record<string, string>;
	body?: string | undefined;
	maxBytes: number;
	/** When time is up, the result is the failure `timeout`. */
	deadline: Deadline;
}

export type HttpResult = HttpAnswer | { ok: false; failure: HttpFailure };

export interface HttpAnswer {
	ok: true;
	/** Any status, errors and redirects among them. */
	status: number;
	/** A header's value by its name in lower case; null where there is none. */
	header: (name: string) => string | null;
	body: string;
}

/** `network`: not reached, or cut off. `too_large`: more than `maxBytes`. */
export type HttpFailure = 'timeout' | 'network' | 'too_large';

/** A runtime's environment. What is no string (a binding of the platform) is none of our variables. */
export type Env = Readonly<Record<string, unknown>>;

/** What a runtime knows about a request beyond the request itself. */
export interface Context {
	/**
	 * The address at the other end of the connection, empty where it is gone already. Left out by a
	 * runtime that knows none.
	 */
	readonly peer?: string;
}

export type Handler = (request: Request, env: Env, context?: Context) => Promise<Response>;

/** The identifiers by which eSputnik finds a contact, under its own names. */
export const IDENTIFIERS = ['externalCustomerId', 'email', 'phone'] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/** A verified visitor. */
export type Identity = Partial<Record<Identifier, string>>;

/** The answer to a visitor when a server behind us is out of order. */
export interface Outage {
	status: 502 | 503 | 504;
	/** The server's own Retry-After, in either of its forms. */
	retryAfter?: string;
	/** For the owner's log: what happened and what to do. Never anything of the request. */
	hint: string;
}
