import * as z from 'zod/mini';
import { weakness } from './secrets.ts';
import { siteAddress } from './site-address.ts';

/** The identifiers by which eSputnik finds a contact, under its own names. */
export const IDENTIFIERS = ['externalCustomerId', 'email', 'phone'] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/**
 * The parsers of single variables, for `config.ts`. Each turns a text into a value or throws
 * `Wrong`, whose message follows the variable's name: "… must start with https://".
 */
class Wrong extends Error {}

const variable = <T>(parse: (text: string) => T) =>
	z.transform((text: string, context): T => {
		try {
			return parse(text);
		} catch (error) {
			// Errors of others may quote the value, so only our own words get through.
			const message =
				error instanceof Wrong ? error.message : 'is not readable: check its form';
			context.issues.push({ code: 'custom', message, input: undefined });
			return z.NEVER;
		}
	});

export const secret = (minBytes: number, advice: string) =>
	variable((text) => {
		const weak = weakness(text, minBytes);
		if (weak) {
			throw new Wrong(`${weak}: ${advice}`);
		}
		return text;
	});

export const siteUrl = variable((text) => {
	const url = outside(text);
	return { address: siteAddress(url.href)!, origin: url.origin };
});

export const apiUrl = variable((text) => withoutSlash(outside(text).href));

export const outsideUrl = variable((text) => outside(text, 'query allowed').href);

/** WordPress behind the same proxy is often reached without TLS, by any name. */
export const innerUrl = variable((text) => withoutSlash(address(text, ['https:', 'http:']).href));

/** May hold a password, so it is a secret too. */
export const redisUrl = variable((text) => {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
		throw new Wrong(
			'must be the address of a Redis or Valkey, such as redis://127.0.0.1:6379/0 (rediss:// with TLS)'
		);
	}
	return text;
});

export const origins = variable((text) => list(text).map(exactOrigin));

export const identifiers = variable((text): Identifier[] => {
	const names = [...new Set(list(text))];
	const known = names.filter((name): name is Identifier =>
		(IDENTIFIERS as readonly string[]).includes(name)
	);
	if (known.length === 0 || known.length < names.length) {
		throw new Wrong(`must be a comma-separated list of ${IDENTIFIERS.join(', ')}`);
	}
	return known;
});

export const keySet = variable((text) => {
	const parsed = keySetSchema.safeParse(JSON.parse(text));
	if (!parsed.success) {
		throw new Wrong(
			'must be a JWK set: {"keys":[…]} with Ed25519 keys, as WordPress publishes it'
		);
	}
	if (parsed.data.keys.some((key) => 'd' in key)) {
		throw new Wrong(
			'contains a private key: make a new key pair, and put only public keys here'
		);
	}
	return parsed.data.keys;
});

const keySetSchema = z.object({
	keys: z
		.array(z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }))
		.check(z.minLength(1), z.maxLength(20)),
});

const wholeNumber = (what: string, least: number, most: number) =>
	variable((text) => {
		const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
		if (number >= least && number <= most) {
			return number;
		}
		throw new Wrong(`must be ${what} from ${least} to ${most}`);
	});

export const perMinute = wholeNumber('each visitor’s tokens in a minute,', 1, 100_000);
export const proxies = wholeNumber('the number of your proxies before this server,', 0, 10);
export const port = wholeNumber('a number', 0, 65535);

export const host = variable((text) => {
	if (!/^[A-Za-z0-9.:_-]+$/.test(text)) {
		throw new Wrong('must be an address to listen on, such as 127.0.0.1 or 0.0.0.0');
	}
	return text;
});

export const basePath = variable((text) => {
	const path = withoutSlash(text);
	if (!/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)*$/.test(path)) {
		throw new Wrong('must be a path such as /app-inbox, or / for none');
	}
	return path;
});

const list = (text: string) =>
	text
		.split(',')
		.map((item) => item.trim())
		.filter((item) => item !== '');

const withoutSlash = (text: string) => text.replace(/\/+$/, '');

function address(text: string, protocols: string[], query?: 'query allowed'): URL {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || !protocols.includes(url.protocol) || !/^[a-z]+:\/\/[^/]/i.test(text)) {
		throw new Wrong(`must be a full address that starts with ${protocols.join('// or ')}//`);
	}
	if (!PLAIN_HOST.test(url.hostname)) {
		throw new Wrong('must name one host, without wildcards');
	}
	if (url.username || url.password || url.hash || text.includes('#')) {
		throw new Wrong('must be without a user name, a password and a #');
	}
	if (!query && text.includes('?')) {
		throw new Wrong('must be without a ?');
	}
	return url;
}

/** URL parsers let `*` and other signs through that no host has. */
const PLAIN_HOST = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;

/** https; http for this machine only. */
function outside(text: string, query?: 'query allowed'): URL {
	const url = address(text, ['https:', 'http:'], query);
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw new Wrong('must start with https:// (http:// is for this machine only)');
	}
	return url;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function exactOrigin(text: string): string {
	const example = 'must list exact origins such as https://shop.example.com';
	const url = URL.canParse(text) ? outside(text) : null;
	if (!url) {
		throw new Wrong(`${example}: no wildcards, no null`);
	}
	if (url.pathname !== '/') {
		throw new Wrong(`${example}: without a path`);
	}
	return url.origin;
}
