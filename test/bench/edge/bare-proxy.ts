/**
 * The least that a token endpoint can be: node:http, an undici Pool, no identity, no limits, no log.
 * It believes the header `x-customer` and hands on the vendor's answer as it is.
 */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { PORT, VENDOR = '', API_KEY = '' } = process.env;
const vendor = new Pool(VENDOR, { connections: 128 });
const headers = {
	authorization: `Basic ${btoa(`user:${API_KEY}`)}`,
	'content-type': 'application/json',
};

const server = createServer((request, response) => {
	request.resume().once('end', async () => {
		if (request.method !== 'POST') {
			response.end();
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
