import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** Says who is logged in, signed for App Inbox; '' for a guest. Take the id from your session, never from the request. */
export function appInboxIdentity(customerId, email) {
	if (['', '0'].includes(String(customerId || ''))) {
		return '';
	}
	const iss = process.env.SITE_URL.replace(/\/+$/, '');
	const iat = Math.floor(Date.now() / 1000);
	const exp = iat + 15 * 60;
	const claims = { iss, aud: 'app-inbox', sub: String(customerId), email, iat, exp };
	const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
	const hmac = createHmac('sha256', process.env.IDENTITY_SECRET).update(text);
	return `${text}.${hmac.digest('base64url')}`;
}

// To try it: node identity.mjs 42 ann@example.com
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	process.stdout.write(`${appInboxIdentity(...process.argv.slice(2))}\n`);
}
