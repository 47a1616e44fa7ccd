import { readConfig, type Env } from './config.ts';
import { createLog } from './log.ts';
import { corsHeaders, isAllowed, preflightHeaders } from './origins.ts';
import { problem } from './problem.ts';
import { toResponse, type Reply } from './reply.ts';
import { ROUTES, type Route } from './routes.ts';
import { createService, type Service } from './service.ts';
import type { Context, Handler, Platform } from './types.ts';

/**
 * The token function, for any runtime: `fetch(request, env, context) => Response`. It never throws
 * and never rejects. A bad environment is said once in the log, and every request is a 500.
 */
export function createHandler(platform: Platform): Handler {
	const services = new WeakMap<Env, Service | null>();

	const serviceOf = (env: Env): Service | null => {
		let service = services.get(env);
		if (service === undefined) {
			const result = readConfig(env);
			if (!result.ok) {
				const problems = result.problems.join(' ');
				createLog(platform, 'info')('error', 'bad_environment', { hint: problems });
			}
			service = result.ok ? createService(env, result.config, platform) : null;
			services.set(env, service);
		}
		return service;
	};

	return async (request, env, context) => {
		const id = platform.randomId();
		const service = serviceOf(env);
		if (!service) {
			return toResponse(platform, problem('internal'), request.method, id);
		}
		const started = platform.clock.now();
		const path = routePath(request.url, service.config.basePath);
		const reply = await answer(request, path, service, context).catch(unexpected);
		logRequest(service, request.method, path, id, started, reply);
		return toResponse(platform, reply, request.method, id);
	};
}

/** The path below the base, if there is a route for it. Nothing else of the address counts. */
function routePath(url: string, basePath: string): string | null {
	const { pathname } = new URL(url);
	if (!pathname.startsWith(basePath)) {
		return null;
	}
	// The base itself may have a slash at its end, or none.
	const path = pathname.slice(basePath.length) || '/';
	return ROUTES.has(path) ? path : null;
}

async function answer(
	request: Request,
	path: string | null,
	service: Service,
	context?: Context
): Promise<Reply> {
	const { config } = service;
	const route = path === null ? undefined : ROUTES.get(path);
	if (!route || route.existsIn?.(config) === false) {
		return problem('not_found');
	}
	const origin = request.headers.get('origin');
	const reply = await dispatch(request, route, origin, service, context);
	if (route.access === 'allow-list') {
		Object.assign(reply.headers, corsHeaders(config, origin));
	}
	return reply;
}

async function dispatch(
	request: Request,
	route: Route,
	origin: string | null,
	service: Service,
	context?: Context
): Promise<Reply> {
	const { method } = request;
	if (method === 'OPTIONS') {
		return options(request, route, origin, service);
	}
	const name = method === 'HEAD' ? 'GET' : method;
	const endpoint = name === 'GET' || name === 'POST' ? route.methods[name] : undefined;
	if (!endpoint) {
		return problem('method_not_allowed', { allow: allowed(route) });
	}
	// Browsers name the origin of every POST; without it there is no telling which page asks.
	if (method === 'POST' && !isAllowed(service.config, origin)) {
		return problem('origin_not_allowed');
	}
	return endpoint(request, service, context);
}

function options(
	request: Request,
	route: Route,
	origin: string | null,
	{ config }: Service
): Reply {
	const methods = allowed(route);
	const reply = { status: 204, headers: { allow: methods }, body: null, outcome: 'options' };
	if (origin === null || !request.headers.has('access-control-request-method')) {
		return reply;
	}
	return isAllowed(config, origin)
		? { ...reply, headers: { allow: methods, ...preflightHeaders(methods) } }
		: problem('origin_not_allowed');
}

const allowed = ({ methods }: Route) =>
	[...Object.keys(methods), ...(methods.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');

/** An error that nobody expected: its name may be logged, its message may quote anything. */
const unexpected = (error: unknown): Reply => ({
	...problem('internal'),
	reason: error instanceof Error ? error.constructor.name : typeof error,
	hint: 'This is a fault of the token function. Please report it with this line.',
});

function logRequest(
	{ log, metrics, platform }: Service,
	method: string,
	path: string | null,
	id: string,
	started: number,
	{ status, outcome, reason, hint, vendorMs }: Reply
) {
	const route = path ?? 'none';
	const ms = platform.clock.now() - started;
	metrics.requests({ route, outcome, status: String(status) });
	metrics.requestTime(ms, { route });
	log(status >= 500 ? 'error' : 'info', 'request', {
		id,
		method: METHODS.includes(method) ? method : 'other',
		route,
		status,
		outcome,
		reason,
		hint,
		ms,
		vendorMs,
	});
}

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'];
