import type { Config, Env, LogLevel } from './config.ts';
import type { Metrics } from './metrics.ts';
import type { Identifier } from './variables.ts';

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

/**
 * One JSON object per line. What goes in is made of our own words, numbers and ids; whatever comes
 * from a request, a credential or another server's answer stays out, however harmless it looks.
 */
export type Log = (level: LogLevel, event: string, fields: LogFields) => void;

type LogFields = Record<string, string | number | undefined>;

/**
 * So many of something a minute for each key. The one interface to limits, whoever counts: this
 * process, a store that several share, or the platform.
 */
export interface Limit {
	/** Takes one. Answers 0, or in how many milliseconds there will be one again. */
	take: (key: string) => number | Promise<number>;
	/** Gives back one that was taken and not used. */
	giveBack: (key: string) => void | Promise<void>;
	/** Is told when one that was taken is used; for counters that nothing can be given back to. */
	used?: (key: string) => void | Promise<void>;
}

export interface Limits {
	/** Tokens, by identity. */
	tokens: Limit;
	/** Refused credentials, by address. */
	refusals: Limit;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Runs a function once, after so many milliseconds; the answer cancels it. */
	after: (milliseconds: number, run: () => void) => () => void;
}

/** The end of a task's time. On Node an AbortSignal and its listener cost as much as a whole token. */
export interface Deadline {
	readonly passed: boolean;
	/** Has a function called when time is up, in place of one that was named before. */
	whenPassed: (run: () => void) => void;
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

/** What a runtime knows about a request beyond the request itself. */
export interface Context {
	/**
	 * The address at the other end of the connection, empty where it is gone already. Left out by a
	 * runtime that knows none.
	 */
	readonly peer?: string;
}

export type Handler = (request: Request, env: Env, context?: Context) => Promise<Response>;

/** Some of what identifies a contact. */
export type Identifiers = Partial<Record<Identifier, string>>;

/** A verified visitor. */
export type Identity = Identifiers & { externalCustomerId: string };

/** The answer to a visitor when a server behind us is out of order. */
export interface Outage {
	status: 502 | 503 | 504;
	/** The server's own Retry-After, in either of its forms. */
	retryAfter?: string;
	/** For the owner's log: what happened and what to do. Never anything of the request. */
	hint: string;
}
