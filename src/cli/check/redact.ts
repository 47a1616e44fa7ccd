import type { Env } from '../../edge/config.ts';
import { unquoted } from '../../edge/quotes.ts';
import type { Row } from './report.ts';

const SECRETS = [
	'ESPUTNIK_API_KEY',
	'ESPUTNIK_API_KEY_NEXT',
	'IDENTITY_SECRET',
	'IDENTITY_SECRET_PREVIOUS',
	'METRICS_TOKEN',
	'REDIS_URL',
	'APP_INBOX_JWT',
];

/**
 * Takes secrets out of what goes onto a screen: the environment's, and whatever looks like a
 * credential. None should ever get so far; but a server may send back what it was sent.
 */
export const redact = (rows: Row[], env: Env): Row[] => {
	const secrets = SECRETS.map((name) => unquoted(String(env[name] ?? ''))).filter(
		(secret) => secret.length >= MIN_LENGTH
	);
	const clean = (text: string) =>
		secrets.reduce(
			(safe, secret) => safe.replaceAll(secret, '[secret]'),
			text.replace(JWT, '[secret]')
		);
	return rows.map(({ id, finding: { message, next, ...finding } }) => ({
		id,
		finding: { ...finding, message: clean(message), ...(next ? { next: clean(next) } : {}) },
	}));
};

/** Shorter ones are refused by the token function, and might be a word of ours. */
const MIN_LENGTH = 8;
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;
