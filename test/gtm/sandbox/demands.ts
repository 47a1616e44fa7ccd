/** One thing that a call of an API wants to do, and that a permission must allow. */
export type Demand =
	| { permission: 'access_globals'; mode: 'read' | 'write' | 'execute'; key: string }
	| { permission: 'inject_script'; url: string }
	| { permission: 'read_data_layer'; key: string }
	| { permission: 'access_consent'; mode: 'read' | 'write'; type: string }
	| { permission: 'get_cookies'; name: string }
	| { permission: 'logging' }
	| { permission: 'access_template_storage' }
	| { permission: 'read_container_data' };
export type PermissionName = Demand['permission'];

const nothing = () => [];
const globals =
	(...modes: ('read' | 'write' | 'execute')[]) =>
	(key: unknown): Demand[] =>
		modes.map((mode) => ({ permission: 'access_globals', mode, key: String(key) }));
const readwrite = globals('read', 'write');
const consent = (type: unknown): Demand[] => [
	{ permission: 'access_consent', mode: 'read', type: String(type) },
];

/** The APIs that the sandbox models, each with what a call of it with these arguments demands. */
const DEMANDS = {
	callInWindow: globals('execute'),
	copyFromWindow: globals('read'),
	setInWindow: globals('write'),
	aliasInWindow: (to, from) => [...globals('write')(to), ...globals('read')(from)],
	createQueue: readwrite,
	createArgumentsQueue: (name, queue) => [...readwrite(name), ...readwrite(queue)],
	injectScript: (url) => [{ permission: 'inject_script', url: String(url) }],
	copyFromDataLayer: (key) => [{ permission: 'read_data_layer', key: String(key) }],
	getCookieValues: (name) => [{ permission: 'get_cookies', name: String(name) }],
	isConsentGranted: consent,
	addConsentListener: consent,
	logToConsole: () => [{ permission: 'logging' }],
	templateStorage: () => [{ permission: 'access_template_storage' }],
	getContainerVersion: () => [{ permission: 'read_container_data' }],
	queryPermission: nothing,
	callLater: nothing,
	getTimestampMillis: nothing,
	getType: nothing,
	makeString: nothing,
	makeNumber: nothing,
	makeInteger: nothing,
	makeTableMap: nothing,
	encodeUri: nothing,
	encodeUriComponent: nothing,
	decodeUri: nothing,
	decodeUriComponent: nothing,
	Object: nothing,
	Math: nothing,
	JSON: nothing,
} satisfies Record<string, (...args: unknown[]) => Demand[]>;
export type Api = keyof typeof DEMANDS;

/** APIs of web templates that this sandbox does not model: they are refused, not ignored. */
const NOT_MODELLED = [
	'addEventCallback',
	'copyFromWindowAsync',
	'fromBase64',
	'generateRandom',
	'getQueryParameters',
	'getReferrerQueryParameters',
	'getReferrerUrl',
	'getTimestamp',
	'getUrl',
	'gtagSet',
	'hashSha256',
	'hashSha256Sync',
	'injectHiddenIframe',
	'internal.*',
	'localStorage',
	'makeUrl',
	'parseUrl',
	'readAnalyticsStorage',
	'readCharacterSet',
	'readTitle',
	'sendPixel',
	'setCookie',
	'setDefaultConsentState',
	'sha256',
	'toBase64',
	'updateConsentState',
];

export const isApi = (name: unknown): name is Api =>
	typeof name === 'string' && Object.hasOwn(DEMANDS, name);

export const demandsOf = (api: Api, args: readonly unknown[]): Demand[] =>
	(DEMANDS[api] as (...args: readonly unknown[]) => Demand[])(...args);

/** The permission that a template needs to require this API at all. */
export const permissionOf = (api: Api): PermissionName | undefined =>
	demandsOf(api, [])[0]?.permission;

/** Why an API cannot be required, and what to do. */
export const refusedApi = (name: unknown): string =>
	NOT_MODELLED.includes(String(name))
		? `Google Tag Manager has ${String(name)}, but this sandbox does not model it. Do without it, or add it to demands.ts and the APIs first.`
		: `Google Tag Manager has no API "${String(name)}". Take one of ${Object.keys(DEMANDS).join(', ')}.`;

export function describe(demand: Demand): string {
	switch (demand.permission) {
		case 'access_globals':
			return `access_globals to ${demand.mode} "${demand.key}"`;
		case 'inject_script':
			return `inject_script for ${demand.url}`;
		case 'read_data_layer':
			return `read_data_layer for "${demand.key}"`;
		case 'access_consent':
			return `access_consent to ${demand.mode} "${demand.type}"`;
		case 'get_cookies':
			return `get_cookies for "${demand.name}"`;
		default:
			return demand.permission;
	}
}
