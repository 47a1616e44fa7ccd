/**
 * The least that a token endpoint can be: node:http, an undici Pool, no identity, no limits, no log.
 * It believes the header `x-customer` and hands on the vendor's answer as it is. With a key it checks
 * the signature of the JWT besides, in the cheapest way that Node has, and nothing else of it.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { PORT, VENDOR = '', API_KEY = '', PUBLIC_KEY, SECRET } = process.env;
const vendor = new Pool(VENDOR, { connections: 128 });
const headers = {
	authorization: `Basic ${btoa(`user:${API_KEY}`)}`,
	'content-type': 'application/json',
};

const check = toCheck();

const server = createServer((request, response) => {
	request.resume().once('end', async () => {
		if (request.method !== 'POST') {
			response.end();
			return;
		}
		if (check && !isSigned(request.headers.authorization ?? '', check)) {
			response.writeHead(401).end();
			return;
		}
		const answer = await vendor.request({
			method: 'POST',
			path: '/v1/auth/contact/token',
			headers,
			body: JSON.stringify({ externalCustomerId: request.headers['x-customer'] }),
		});
		const text = await answer.body.text();
		response.writeHead(answer.statusCode, {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(text),
		});
		response.end(text);
	});
});
server.keepAliveTimeout = 75_000;
server.listen(Number(PORT), '127.0.0.1');

type Check = (text: Buffer, signature: Buffer) => boolean;

function toCheck(): Check | undefined {
	if (PUBLIC_KEY !== undefined) {
		const key = createPublicKey({ key: JSON.parse(PUBLIC_KEY), format: 'jwk' });
		return (text, signature) => verify(null, text, key, signature);
	}
	return SECRET === undefined
		? undefined
		: (text, signature) =>
				timingSafeEqual(createHmac('sha256', SECRET).update(text).digest(), signature);
}

function isSigned(authorization: string, signed: Check): boolean {
	const jwt = authorization.slice('Bearer '.length);
	const end = jwt.lastIndexOf('.');
	return signed(Buffer.from(jwt.slice(0, end)), Buffer.from(jwt.slice(end + 1), 'base64url'));
}
