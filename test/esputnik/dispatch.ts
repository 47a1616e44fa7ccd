import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, type Faults, faultReply } from './faults.ts';
import { CORS_HEADERS, PREFLIGHT, Refusal, type Reply, json, readJson, send } from './http.ts';
import type { Incoming, Route, State } from './routes.ts';
import { IDENTIFIERS, type Identifiers } from './seed.ts';

/** A request that arrived, without anything secret. Preflights are left out. */
export interface Call extends Identifiers {
	method: string;
	/** Below `basePath`, without the query. */
	path: string;
	/** `?event=PageView`; '' for none. */
	query: string;
	/** 0 until it is answered, and for good where the connection was cut. */
	status: number;
}

interface Parts {
	basePath: string;
	routes: Route[];
	faults: Faults;
	calls: Call[];
	state: () => State;
}

/** From a request to its route, past the faults; notes every call. */
export const createDispatcher =
	({ basePath, routes, faults, calls, state }: Parts) =>
	async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { url: target = '/', method = '' } = request;
		const url = new URL(`http://stand-in${target.startsWith('/') ? target : '/'}`);
		const path = below(basePath, url.pathname);
		const atPath = routes.filter((candidate) => candidate.path.test(path ?? ''));
		if (method === 'OPTIONS' && atPath.some(({ cors }) => cors)) {
			send(response, PREFLIGHT);
			return;
		}
		const call = record(calls, { method, path: path ?? url.pathname, query: url.search });
		const route = atPath.find((candidate) => candidate.method === method);
		const fault = route?.fault && faults.take(route.fault);
		const reply =
			fault && (await cutOff(fault, request, response))
				? undefined
				: ((fault && faultReply(fault)) ??
					(await routed(route, atPath, state(), {
						params: route?.path.exec(path ?? '')?.slice(1) ?? [],
						query: url.searchParams,
						headers: request.headers,
						readJson: () => readJson(request),
						about: (identifiers) => Object.assign(call, pickIdentifiers(identifiers)),
					})));
		if (!reply) {
			return;
		}
		call.status = reply.status;
		send(response, {
			...reply,
			headers: { ...(route?.cors && CORS_HEADERS), ...reply.headers },
		});
	};

/** The path within the stand-in; undefined for one that lies elsewhere. */
const below = (basePath: string, pathname: string): string | undefined =>
	pathname === basePath || pathname.startsWith(`${basePath}/`)
		? pathname.slice(basePath.length) || '/'
		: undefined;

const MOST_CALLS = 10_000;

function record(calls: Call[], arrived: Pick<Call, 'method' | 'path' | 'query'>): Call {
	if (calls.length >= MOST_CALLS) {
		calls.splice(0, MOST_CALLS / 2);
	}
	const call: Call = { ...arrived, status: 0 };
	calls.push(call);
	return call;
}

/** Waits as long as the fault says; true when the connection is gone then. */
async function cutOff(
	{ delayMs = 0, reset }: Fault,
	request: IncomingMessage,
	response: ServerResponse
): Promise<boolean> {
	if (delayMs > 0 && !(await stillConnected(response, delayMs))) {
		return true;
	}
	if (reset) {
		request.socket.resetAndDestroy();
	}
	return reset ?? false;
}

/** False, and at once, when the client or the server ends the connection meanwhile. */
const stillConnected = (response: ServerResponse, milliseconds: number): Promise<boolean> =>
	new Promise((resolve) => {
		const timer = setTimeout(() => resolve(true), milliseconds);
		response.once('close', () => {
			clearTimeout(timer);
			resolve(false);
		});
	});

async function routed(
	route: Route | undefined,
	atPath: Route[],
	state: State,
	incoming: Incoming
): Promise<Reply> {
	if (!route) {
		const allow = [...new Set(atPath.map(({ method }) => method))].join(', ');
		return allow
			? json(405, { message: `Only ${allow} is answered here.` }, { Allow: allow })
			: json(404, { message: 'The stand-in eSputnik has nothing at this address.' });
	}
	try {
		return await route.handle(state, incoming);
	} catch (error) {
		if (error instanceof Refusal) {
			return error.reply;
		}
		throw error;
	}
}

const pickIdentifiers = (source: Identifiers): Identifiers =>
	Object.fromEntries(
		IDENTIFIERS.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]]))
	);
