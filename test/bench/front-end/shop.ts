import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestsTo } from '../../esputnik/requests.ts';
import type { Esputnik } from '../../esputnik/server.ts';
import {
	CREDENTIAL,
	IDENTITY_PATH,
	KINDS,
	makePages,
	THEME_JS,
	themeCss,
	TOKEN_PATH,
	type Kind,
} from './pages.ts';

export interface Shop {
	/** Its address, without a slash at the end. */
	url: string;
	pageUrl: (kind: Kind) => string;
	/** Whether its theme keeps the bell's place free. */
	setReserved: (reserved: boolean) => void;
	/** From now on tokens wait, until the returned function is called. */
	holdTokens: () => () => void;
	stop: () => Promise<void>;
}

const CONTACT = { externalCustomerId: '2' };

/**
 * A site with the three pages and, at the same address, what WordPress and the token function answer
 * to a visitor who is logged in, as fast as can be: what is measured is the browser.
 */
export async function startShop(esputnik: Esputnik): Promise<Shop> {
	const pages = await makePages(esputnik);
	const { tokenOf } = requestsTo(esputnik);
	let reserved = true;
	let held: Promise<void> | undefined;

	const answers: Record<string, () => [type: string, body: string | Promise<string>]> = {
		...Object.fromEntries(KINDS.map((kind) => [`/${kind}`, () => ['text/html', pages[kind]]])),
		'/theme.css': () => ['text/css', themeCss(reserved)],
		'/theme.js': () => ['text/javascript', THEME_JS],
		[IDENTITY_PATH]: () => ['text/plain', CREDENTIAL],
		[TOKEN_PATH]: () => ['application/json', token()],
	};
	const token = async () => {
		await held;
		return JSON.stringify({ token: await tokenOf(CONTACT) });
	};
	const server = createServer((request, response) => {
		const answer = answers[new URL(request.url!, 'http://shop').pathname];
		const [type, body] = answer?.() ?? ['text/plain', ''];
		response.statusCode = answer ? 200 : 404;
		response.setHeader('content-type', `${type}; charset=utf-8`);
		Promise.resolve(body).then(
			(text) => response.end(text),
			() => response.destroy()
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		pageUrl: (kind) => `${url}/${kind}`,
		setReserved: (value) => (reserved = value),
		holdTokens() {
			let release = () => {};
			held = new Promise((resolve) => (release = resolve));
			return release;
		},
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
