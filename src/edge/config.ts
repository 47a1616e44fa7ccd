import * as z from 'zod/mini';
import { KEYS_URL } from '../settings/frontend-config.ts';
import { endsInQuote, unquoted } from './quotes.ts';
import * as variable from './variables.ts';

/** A runtime's environment. What is no string (a binding of the platform) is none of our variables. */
export type Env = Readonly<Record<string, unknown>>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const AN_API_KEY = 'an API key from eSputnik, Settings → API → New key';

/** The least that a secret may have, in bytes: real API keys have 32, and so has HS256's own hash. */
const apiKey = variable.secret(16, `take ${AN_API_KEY}`);
const hmacSecret = (advice: string) => variable.secret(32, advice);

type Parser<T> = z.ZodMiniTransform<T, string>;
const needed = <T>(parser: Parser<T>, what: string) =>
	z.pipe(z.string(`is missing: set it to ${what}`), parser);
const optional = <T>(parser: Parser<T>) => z.optional(z.pipe(z.string(), parser));
const standard = <T>(text: string, parser: Parser<T>) =>
	z.pipe(z._default(z.string(), text), parser);

/** Every variable, once: its parser, its default, its typed value. */
const environmentSchema = z.object({
	SITE_URL: needed(variable.siteUrl, 'your site’s address, such as https://example.com'),
	ESPUTNIK_API_KEY: needed(apiKey, AN_API_KEY),
	ESPUTNIK_API_KEY_NEXT: optional(apiKey),
	ESPUTNIK_API_URL: standard('https://esputnik.com/api', variable.apiUrl),
	ALLOWED_ORIGINS: standard('', variable.origins),
	WORDPRESS_URL: optional(variable.innerUrl),
	IDENTIFY_BY: standard('externalCustomerId,email', variable.identifiers),
	IDENTITY_SECRET: optional(hmacSecret('make one with: openssl rand -base64 48')),
	IDENTITY_SECRET_PREVIOUS: optional(hmacSecret('it is what IDENTITY_SECRET was')),
	IDENTITY_JWKS_URL: optional(variable.outsideUrl),
	IDENTITY_KEYS: optional(variable.keySet),
	RATE_LIMIT_PER_MINUTE: standard('60', variable.perMinute),
	TRUSTED_PROXIES: standard('0', variable.proxies),
	BASE_PATH: standard('/app-inbox', variable.basePath),
	PORT: standard('8787', variable.port),
	HOST: standard('127.0.0.1', variable.host),
	REDIS_URL: optional(variable.redisUrl),
	METRICS_TOKEN: optional(variable.secret(16, 'make one with: openssl rand -hex 24')),
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
	const problems = quoted.map((name) => `${name} ${quoteAdvice(name)}.`);
	for (const { path, message } of result.error?.issues ?? []) {
		const name = path[0] as Variable;
		if (!quoted.includes(name)) {
			problems.push(`${name} ${message}.`);
		}
	}
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
	const { IDENTITY_SECRET: secret, IDENTITY_SECRET_PREVIOUS: previous } = env;
	if (secret !== undefined) {
		return { kind: 'secret', secret, previous };
	}
	if (env.IDENTITY_JWKS_URL !== undefined) {
		return { kind: 'jwks', url: env.IDENTITY_JWKS_URL };
	}
	const site = env.WORDPRESS_URL ?? env.SITE_URL.address;
	return env.IDENTITY_KEYS
		? { kind: 'keys', keys: env.IDENTITY_KEYS }
		: { kind: 'wordpress', url: site + KEYS_URL };
}
