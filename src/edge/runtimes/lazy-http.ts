import type { HttpClient } from '../types.ts';
import type { createHttpClient } from './node-http.ts';

type Client = ReturnType<typeof createHttpClient>;

/** Node's way out, loaded later: it takes as long to load as all the rest. */
export function createLazyHttpClient() {
	let client: Client | undefined;
	let loading: Promise<Client> | undefined;

	const load = () =>
		(loading ??= import('./node-http.ts').then(
			(module) => (client = module.createHttpClient())
		));
	const http: HttpClient = async (request) => (client ?? (await load())).http(request);

	return { http, load, close: async () => (await loading)?.close() };
}
