/**
 * A stand-in for eSputnik: a real HTTP server that everything else is tested against, offline.
 *
 * D = documented by eSputnik, C = read in its own integrations' code, S = seen on public sites, I = inferred.
 *
 * - Token API: path, JSON body with at least one identifier, `{"token": ""}` for a contact that it
 *   does not know (D); Basic auth with any user name and the key as password (D, C); 400 and 401 on
 *   errors (D, older pages). Of several identifiers the id counts before the e-mail before the
 *   phone, e-mails without regard to case (I). Errors are JSON with a `message` (C: or plain text,
 *   which a fault can bring about).
 * - `GET /api/v1/account/info` with userEmail, organisationName, orgId (D, C).
 * - Inbox API: the three routes, ES-TOKEN in every request and a new one in every answer, the old
 *   one dead, 401 when it is used again (D for mobile apps; that the website's widget uses the same
 *   is I). Several live tokens of one contact (I: two tabs must be possible). An answer of 400
 *   rotates the token as well (I). CORS for every origin with ES-TOKEN exposed (I: nothing else
 *   could work). All messages where no parameter is given, `ids: null` for all (D); pageSize of 20
 *   where it is left out, of at most 100 (I). A message has id, createdDate in milliseconds, title,
 *   content, image, link, category, customData, newMessage, status (D); its content may be HTML (D),
 *   of which the widget shows the simplest elements (I); category is a text, customData one of texts
 *   by name, newMessage true until a message is opened (I).
 * - Script: `/scripts/<ID>.js` (D, S), the id exactly as the vendor wrote it (I), one `init` per page
 *   (D), TRACKING and RECOMS true when left out (D), APP_INBOX false when left out (I). A PageView
 *   with each page load whatever the flags say (D), once, also where no `init` comes (I); the cookie
 *   `sc` (D), `window._esConfig.orgId` and `localStorage.esState` (C), the values in them ours.
 * - Taking over `eS` and draining its queue, nested or flat (I): by its `c`, its `q` or both, as the
 *   account's `takesOver` says; a stub without `c`, as the vendor's app for Shopify has it (C), by its
 *   queue; without a stub an `eS` of its own.
 * - `/track`, `/recoms`, the bell's looks and its polling once a minute are ours: no one outside
 *   knows the real ones.
 * - Faults, `POST /messages` and `GET /` are ours, for tests and the demo.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContacts } from './contacts.ts';
import { controlRoutes } from './control-routes.ts';
import { type Call, createDispatcher } from './dispatch.ts';
import { type Fault, type FaultRoute, createFaults } from './faults.ts';
import { json, send } from './http.ts';
import { type State, vendorRoutes } from './routes.ts';
import { bundleVendorScript } from './script.ts';
import { type SeedInput, exampleSeed, parseSeed } from './seed.ts';
import { createTokens } from './tokens.ts';

export type { Call, Fault, FaultRoute, SeedInput };
export { exampleSeed };

export interface EsputnikOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** Default `exampleSeed()`. */
	seed?: SeedInput;
	/** Instead of the seed's. */
	apiKeys?: string[];
	/** Where everything lies, such as `/esputnik`. Default '': at the root. */
	basePath?: string;
}

export interface Esputnik {
	/** Origin and base path, without a slash at the end. */
	url: string;
	/** What ESPUTNIK_API_URL gets. */
	apiUrl: string;
	apiKey: string;
	scriptId: string;
	/** Without an argument: the account's own script. */
	scriptUrl: (scriptId?: string) => string;
	/** Oldest first; of many only the last few thousand. */
	calls: Call[];
	/** Throws a sentence when it is no fault. */
	setFault: (route: FaultRoute, fault: Fault | null) => void;
	/** Ends all tokens, as eSputnik may do at any moment. */
	revokeTokens: () => void;
	/** Back to the seed: no calls, no faults, no tokens. */
	reset: () => void;
	/** Cuts all connections, delayed answers too. */
	stop: () => Promise<void>;
}

export async function startEsputnik(options: EsputnikOptions = {}): Promise<Esputnik> {
	const { port = 0, host = '127.0.0.1', basePath: givenPath = '' } = options;
	const basePath = givenPath.replace(/\/+$/, '');
	if (!/^(\/[\w.~-]+)*$/.test(basePath)) {
		throw new Error(
			`The base path starts with a slash, such as /esputnik; got "${givenPath}".`
		);
	}
	const seed = parseSeed(options.seed ?? exampleSeed());
	const account = { ...seed.account, apiKeys: options.apiKeys ?? seed.account.apiKeys };
	const freshState = (): State => ({
		account,
		contacts: createContacts(seed.contacts, Date.now),
		tokens: createTokens(),
	});
	let state = freshState();
	const calls: Call[] = [];
	const faults = createFaults();
	const routes = [...vendorRoutes, ...controlRoutes(faults)];
	const answer = createDispatcher({ basePath, routes, faults, calls, state: () => state });
	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			// The client went away in the middle of its body; or a mistake of ours, which must be seen.
			if (!response.headersSent && !request.socket.destroyed) {
				console.error(error);
				send(response, json(500, { message: 'The stand-in eSputnik has a bug.' }));
			}
		});
	});
	await bundleVendorScript();
	await listen(server, port, host);

	const { port: actual } = server.address() as AddressInfo;
	const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}${basePath}`;
	return {
		url,
		apiUrl: `${url}/api`,
		apiKey: account.apiKeys[0] ?? '',
		scriptId: account.scriptId,
		scriptUrl: (scriptId = account.scriptId) => `${url}/scripts/${scriptId}.js`,
		calls,
		setFault: (route, fault) => (fault ? faults.set(route, fault) : faults.clear(route)),
		revokeTokens: () => state.tokens.revokeAll(),
		reset() {
			state = freshState();
			faults.clear();
			calls.length = 0;
		},
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string) {
	return new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE'
					? new Error(`Port ${port} of ${host} is in use. Choose another, or 0 for any.`)
					: error
			)
		);
		server.listen(port, host, resolve);
	});
}
