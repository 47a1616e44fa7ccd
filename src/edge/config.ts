import * as z from 'zod/mini';
import { KEYS_URL } from '../settings/frontend-config.ts';
import { endsInQuote, unquoted } from './quotes.ts';
import {
	apiUrl,
	basePath,
	host,
	identifiers,
	innerUrl,
	keySet,
	origins,
	outsideUrl,
	perMinute,
	port,
	proxies,
	redisUrl,
	secret,
	siteUrl,
} from './variables.ts';

/** A runtime's environment. What is no string (a binding of the platform) is none of our variables. */
export type Env = Readonly<Record<string, unknown>>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The least that a secret may have, in bytes: HS256's own hash length; real API keys have 32. */
const MIN_API_KEY = 16;
const MIN_HMAC_SECRET = 32;
const MIN_METRICS_TOKEN = 16;

const AN_API_KEY = 'an API key from eSputnik, Settings → API → New key';

/** Every variable, once: its parser, its default, its typed value. */
const environmentSchema = z.object({
	SITE_URL: z.pipe(
		z.string('is missing: set it to your site’s address, such as https://example.com'),
		siteUrl
	),
	ESPUTNIK_API_KEY: z.pipe(
		z.string(`is missing: set it to ${AN_API_KEY}`),
		secret(MIN_API_KEY, `take ${AN_API_KEY}`)
	),
	ESPUTNIK_API_KEY_NEXT: z.optional(
		z.pipe(z.string(), secret(MIN_API_KEY, `take ${AN_API_KEY}`))
	),
	ESPUTNIK_API_URL: z.pipe(z._default(z.string(), 'https://esputnik.com/api'), apiUrl),
	ALLOWED_ORIGINS: z.pipe(z._default(z.string(), ''), origins),
	WORDPRESS_URL: z.optional(z.pipe(z.string(), innerUrl)),
	IDENTIFY_BY: z.pipe(z._default(z.string(), 'externalCustomerId,email'), identifiers),
	IDENTITY_SECRET: z.optional(
		z.pipe(z.string(), secret(MIN_HMAC_SECRET, 'make one with: openssl rand -base64 48'))
	),
	IDENTITY_SECRET_PREVIOUS: z.optional(
		z.pipe(z.string(), secret(MIN_HMAC_SECRET, 'it is what IDENTITY_SECRET was'))
	),
	IDENTITY_JWKS_URL: z.optional(z.pipe(z.string(), outsideUrl)),
	IDENTITY_KEYS: z.optional(z.pipe(z.string(), keySet)),
	RATE_LIMIT_PER_MINUTE: z.pipe(z._default(z.string(), '60'), perMinute),
	TRUSTED_PROXIES: z.pipe(z._default(z.string(), '0'), proxies),
	BASE_PATH: z.pipe(z._default(z.string(), '/app-inbox'), basePath),
	PORT: z.pipe(z._default(z.string(), '8787'), port),
	HOST: z.pipe(z._default(z.string(), '127.0.0.1'), host),
	REDIS_URL: z.optional(z.pipe(z.string(), redisUrl)),
	METRICS_TOKEN: z.optional(
		z.pipe(z.string(), secret(MIN_METRICS_TOKEN, 'make one with: openssl rand -hex 24'))
	),
	LOG_LEVEL: z._default(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), 'info'),
});

type Variable = keyof typeof environmentSchema.shape;
const VARIABLES = Object.keys(environmentSchema.shape) as Variable[];

/** Where the keys come from that a signed credential is checked with. */
export type IdentitySource =
	| { kind: 'wordpress'; url: string }
	| { kind: 'secret'; secret: string; previous: string | undefined }
	| { kind: 'jwks'; url: string }
	| { kind: 'keys'; keys: Array<Record<string, unknown>> };

/** A source that is asked over HTTP. */
export type KeyAddress = Extract<IdentitySource, { url: string }>;

export type Config = ReturnType<typeof toConfig>;

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/**
 * The environment as typed values, or everything that is wrong with it: one sentence for each
 * problem that names the variable and what to do, and never a value. An environment object is read
 * once; later changes to it are not seen.
 */
export function readConfig(env: Env): ConfigResult {
	let result = results.get(env);
	if (!result) {
		result = parse(env);
		results.set(env, result);
	}
	return result;
}

const results = new WeakMap<Env, ConfigResult>();

function parse(env: Env): ConfigResult {
	const values = given(env);
	const result = environmentSchema.safeParse(values);
	const quoted = VARIABLES.filter((name) => endsInQuote(values[name] ?? ''));
	const wrong = result.success
		? []
		: result.error.issues.map(({ path, message }) => ({ name: path[0] as Variable, message }));
	const problems = [
		...quoted.map((name) => `${name} ${quoteAdvice(name)}.`),
		...wrong
			.filter(({ name }) => !quoted.includes(name))
			.map(({ name, message }) => `${name} ${message}.`),
	];
	const sources = SOURCES.filter((name) => name in values);
	if (sources.length > 1) {
		problems.push(`${sources.join(' and ')} exclude each other: keep one and remove the rest.`);
	}
	if ('IDENTITY_SECRET_PREVIOUS' in values && !('IDENTITY_SECRET' in values)) {
		problems.push(
			'IDENTITY_SECRET_PREVIOUS makes sense beside IDENTITY_SECRET only: set that, or remove this.'
		);
	}
	return result.success && problems.length === 0
		? { ok: true, config: toConfig(result.data) }
		: { ok: false, problems };
}

const SECRETS: Variable[] = ['ESPUTNIK_API_KEY', 'IDENTITY_SECRET', 'METRICS_TOKEN'];
/**
 * Another program has the same, and may have read it from the same file with the quotes or without
 * them: a guess would let the start pass, and every credential fail. So in these none is taken off.
 */
const SHARED: Variable[] = ['IDENTITY_SECRET', 'IDENTITY_SECRET_PREVIOUS', 'METRICS_TOKEN'];
const SOURCES: Variable[] = ['IDENTITY_SECRET', 'IDENTITY_JWKS_URL', 'IDENTITY_KEYS'];

const quoteAdvice = (name: Variable) =>
	`begins or ends with a quotation mark: write it without${SHARED.includes(name) ? ', here and where else it is used' : ''}`;

/**
 * Our variables as far as they are set. An empty one counts as not set, but for a secret: a site that
 * means to have one must not start without it.
 */
function given(env: Env) {
	const values: Partial<Record<Variable, string>> = {};
	for (const name of VARIABLES) {
		const value = env[name];
		if (typeof value === 'string') {
			const text = SHARED.includes(name) ? value.trim() : unquoted(value);
			if (text !== '' || SECRETS.includes(name)) {
				values[name] = text;
			}
		}
	}
	return values;
}

function toConfig(env: z.infer<typeof environmentSchema>) {
	const { address, origin } = env.SITE_URL;
	return {
		/** The site's address, as `siteAddress` spells it; `iss` is one of its spellings. */
		site: address,
		siteOrigin: origin,
		allowedOrigins: new Set([origin, ...env.ALLOWED_ORIGINS]),
		vendorUrl: env.ESPUTNIK_API_URL,
		vendorKey: env.ESPUTNIK_API_KEY,
		/** The key that takes its place as soon as eSputnik refuses it. */
		nextVendorKey: env.ESPUTNIK_API_KEY_NEXT,
		identifyBy: env.IDENTIFY_BY,
		identitySource: identitySource(env),
		tokensPerMinute: env.RATE_LIMIT_PER_MINUTE,
		trustedProxies: env.TRUSTED_PROXIES,
		basePath: env.BASE_PATH,
		port: env.PORT,
		host: env.HOST,
		redisUrl: env.REDIS_URL,
		metricsToken: env.METRICS_TOKEN,
		logLevel: env.LOG_LEVEL,
	};
}

function identitySource(env: z.infer<typeof environmentSchema>): IdentitySource {
	if (env.IDENTITY_SECRET !== undefined) {
		return {
			kind: 'secret',
			secret: env.IDENTITY_SECRET,
			previous: env.IDENTITY_SECRET_PREVIOUS,
		};
	}
	if (env.IDENTITY_JWKS_URL !== undefined) {
		return { kind: 'jwks', url: env.IDENTITY_JWKS_URL };
	}
	const site = env.WORDPRESS_URL ?? env.SITE_URL.address;
	return env.IDENTITY_KEYS
		? { kind: 'keys', keys: env.IDENTITY_KEYS }
		: { kind: 'wordpress', url: site + KEYS_URL };
}
