import { check } from './check.ts';
import type { Config } from './config.ts';
import { loader, root } from './files.ts';
import { json, type Reply } from './reply.ts';
import { scrape } from './scrape.ts';
import type { Service } from './service.ts';
import { token } from './token.ts';
import type { Context } from './types.ts';

export interface Route {
	/** What the route answers, by method. HEAD and OPTIONS come by themselves. */
	methods: Partial<Record<'GET' | 'POST', Endpoint>>;
	/** `allow-list`: scripts of allowed origins may read the answer. `public`: it says for itself. */
	access: 'allow-list' | 'public';
	/** Left out: in every environment. */
	existsIn?: (config: Config) => boolean;
}

type Endpoint = (request: Request, service: Service, context?: Context) => Reply | Promise<Reply>;

/** Calls nobody. */
const health: Endpoint = (_request, { platform: { version } }) =>
	json('health', { status: 'ok', version });

/** Everything there is, by its path below `BASE_PATH`. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
	['/token', { access: 'allow-list', methods: { POST: token } }],
	['/check', { access: 'allow-list', methods: { POST: check } }],
	['/health', { access: 'allow-list', methods: { GET: health } }],
	[
		'/metrics',
		{
			access: 'public',
			existsIn: ({ metricsToken }) => metricsToken !== undefined,
			methods: { GET: scrape },
		},
	],
	['/loader.js', { access: 'public', methods: { GET: loader } }],
	['/', { access: 'public', methods: { GET: root } }],
]);
