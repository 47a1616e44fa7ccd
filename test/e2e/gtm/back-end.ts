import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IDENTITY_KEY } from '../../../src/gtm/index.ts';
import { shopPage } from './shop-page.ts';

export const GTM = 'https://www.googletagmanager.com/gtm.js';

/** How a page says who its customer is. */
export type Way = 'data layer' | 'function';
export interface PageOptions {
	/** Default: both. */
	says?: readonly Way[];
	/** What stands above the Tag Manager snippet. */
	above?: string;
	/** What stands below the Tag Manager snippet. */
	head?: string;
}

interface BackEnd {
	options: () => PageOptions;
	/** A new JWT for this customer. */
	sign: (customer: string) => string;
	/** What Google serves as gtm.js for the shop's container. */
	gtm: () => string;
}

/** The shop's own server, and Google's, told apart by the name that they are asked by. */
export async function startBackEnd({ options, sign, gtm }: BackEnd) {
	/** Who it is comes from the session alone. */
	function answer({ url, headers: { host, cookie = '' } }: IncomingMessage) {
		const customer = /session=(\w+)/.exec(cookie)?.[1];
		if (host === new URL(GTM).host) {
			return ['text/javascript', gtm()];
		}
		return url === '/inbox-identity'
			? ['text/plain', customer ? sign(customer) : '']
			: ['text/html', shopPage(head(customer), customer)];
	}

	function head(customer: string | undefined): string {
		const { says = ['data layer', 'function'], above = '', head: more = '' } = options();
		const ways: Record<Way, string> = {
			'data layer': `dataLayer.push({ ${IDENTITY_KEY}: '${customer && sign(customer)}' });`,
			function:
				"window.appInboxGetIdentity = () => fetch('/inbox-identity').then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)));",
		};
		const said = customer ? says.map((way) => ways[way]) : [];
		return `<script>window.dataLayer = window.dataLayer || []; ${said.join(' ')}</script>
${above}
<script>${GTM_SNIPPET}</script>
${more}`;
	}

	const server = createServer((request, response) => {
		const [type, body] = answer(request);
		response
			.writeHead(200, {
				'content-type': `${type}; charset=utf-8`,
				'cache-control': 'no-store',
			})
			.end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

/** As Google gives it. */
const GTM_SNIPPET = `(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
'${GTM}?id='+i+dl;f.parentNode.insertBefore(j,f);
})(window,document,'script','dataLayer','GTM-SHOP123');`;
