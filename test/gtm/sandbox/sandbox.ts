import { createBorder, type Border } from './convert.ts';
import { demandsOf, describe, isApi, refusedApi, type Api, type Demand } from './demands.ts';
import { pageApis } from './page-apis.ts';
import type { GtmPage } from './page.ts';
import type { Policy } from './permissions.ts';
import { valueApis } from './value-apis.ts';
import { windowApis } from './window-apis.ts';

type Callable = (...args: unknown[]) => unknown;

/** What went wrong while sandboxed code ran. */
export interface Problem {
	kind: 'permission' | 'api' | 'outcome' | 'error';
	message: string;
}

/** Ends the sandboxed code; already noted as a problem. */
class Denied extends Error {}

export interface Sandbox {
	require: (name: unknown) => unknown;
	/** Runs sandboxed code: what it throws is noted, and ends only that code. */
	enter: (run: () => unknown) => unknown;
	border: Border;
	note: (problem: Problem) => void;
	problems: Problem[];
	logs: unknown[][];
}

/** Stands in for an API's implementation; `undefined` leaves it. The permission is checked first. */
export type Intercept = (
	api: Api,
	args: unknown[],
	method?: string
) => { answer: unknown } | undefined;

export function createSandbox(
	page: GtmPage,
	policy: Policy,
	templateId: string,
	intercept: Intercept = () => undefined
): Sandbox {
	const problems: Problem[] = [];
	const logs: unknown[][] = [];
	const note = (problem: Problem) => void problems.push(problem);

	let depth = 0;
	function enter(run: () => unknown): unknown {
		depth++;
		try {
			return run();
		} catch (error) {
			if (depth > 1) {
				throw error;
			}
			if (!(error instanceof Denied)) {
				note({ kind: 'error', message: `The code threw: ${(error as Error).message}` });
			}
			return undefined;
		} finally {
			depth--;
		}
	}

	const border = createBorder(enter);
	const apis: Record<Api, unknown> = {
		...valueApis,
		...windowApis(page.window, border),
		...pageApis(page, templateId, border, enter),
		queryPermission: (name: string, ...query: unknown[]) => {
			const demands = asked(name, query);
			return demands.length > 0 && demands.every(policy.allows);
		},
		logToConsole: (...values: unknown[]) => {
			if (page.preview || policy.logsEverywhere) {
				logs.push(values.map(border.toPage) as unknown[]);
			}
		},
	};

	function deny(kind: Problem['kind'], message: string): never {
		note({ kind, message });
		throw new Denied(message);
	}

	const guarded =
		(api: Api, method?: string): Callable =>
		(...args) => {
			const denied = demandsOf(api, args).find((demand) => !policy.allows(demand));
			if (denied) {
				deny(
					'permission',
					`${api} is not permitted: the template lacks ${describe(denied)}. Add it to the permissions, or do not call it.`
				);
			}
			const stand = intercept(api, args, method);
			if (stand) {
				return stand.answer;
			}
			const real = method ? (apis[api] as Record<string, unknown>)[method] : apis[api];
			return (real as Callable)(...args);
		};

	return {
		enter,
		border,
		note,
		problems,
		logs,
		require(name) {
			if (!isApi(name)) {
				return deny('api', refusedApi(name));
			}
			const api = apis[name];
			return typeof api === 'function'
				? guarded(name)
				: Object.fromEntries(
						Object.keys(api as object).map((method) => [method, guarded(name, method)])
					);
		},
	};
}

/** What `queryPermission(name, …query)` asks about. */
function asked(name: string, query: unknown[]): Demand[] {
	const [first, second] = query.map(String);
	switch (name) {
		case 'access_globals': {
			const modes = first === 'readwrite' ? ['read', 'write'] : [first];
			return modes.map((mode) => ({
				permission: name,
				mode: mode as 'read',
				key: String(second),
			}));
		}
		case 'access_consent':
			return [{ permission: name, type: String(first), mode: second as 'read' }];
		case 'inject_script':
			return [{ permission: name, url: String(first) }];
		case 'read_data_layer':
			return [{ permission: name, key: String(first) }];
		case 'get_cookies':
			return [{ permission: name, name: String(first) }];
		case 'logging':
		case 'access_template_storage':
		case 'read_container_data':
			return [{ permission: name }];
		default:
			return [];
	}
}
