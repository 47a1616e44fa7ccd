import type { Demand, PermissionName } from './demands.ts';
import { TemplateError } from './template-error.ts';
import type { Permission, Typed } from './template-shape.ts';
import { checkPattern, matchesPattern } from './url-patterns.ts';

export interface Policy {
	allows: (demand: Demand) => boolean;
	/** What is granted, item by item, each as the demand that it exists for. */
	grants: Demand[];
	/** Logs appear for visitors too, not only in preview mode. */
	logsEverywhere: boolean;
}

/**
 * What a template's WEB_PERMISSIONS let it do.
 *
 * @throws a TemplateError for a permission that Google Tag Manager would refuse, or that is not modelled.
 */
export function readPolicy(permissions: Permission[]): Policy {
	const values = new Map<string, Record<string, unknown>>();
	for (const { instance } of permissions) {
		const name = instance.key.publicId;
		if (values.has(name)) {
			throw new TemplateError(`The permission ${name} is there twice. Write it once.`);
		}
		values.set(
			name,
			Object.fromEntries(instance.param.map(({ key, value }) => [key, plain(value)]))
		);
	}
	const grants = [...values].flatMap(([name, param]) => grantsOf(name, param));
	return {
		grants,
		logsEverywhere: values.get('logging')?.environments === 'all',
		allows: (demand) => grants.some((grant) => covers(grant, demand)),
	};
}

function covers(grant: Demand, demand: Demand): boolean {
	if (grant.permission === 'access_globals' && demand.permission === 'access_globals') {
		// Exact: a grant for `appInbox` says nothing about `appInbox.init`.
		return grant.key === demand.key && grant.mode === demand.mode;
	}
	if (grant.permission === 'access_consent' && demand.permission === 'access_consent') {
		return grant.type === demand.type && grant.mode === demand.mode;
	}
	if (grant.permission === 'get_cookies' && demand.permission === 'get_cookies') {
		return grant.name === demand.name;
	}
	if (grant.permission === 'inject_script' && demand.permission === 'inject_script') {
		return matchesPattern(grant.url, demand.url);
	}
	if (grant.permission === 'read_data_layer' && demand.permission === 'read_data_layer') {
		return grant.key.endsWith('.*')
			? demand.key.startsWith(grant.key.slice(0, -1))
			: grant.key === demand.key;
	}
	return grant.permission === demand.permission;
}

function grantsOf(name: string, param: Record<string, unknown>): Demand[] {
	switch (name as PermissionName) {
		case 'access_globals':
			return maps(param.keys).flatMap((entry) => {
				const key = checkGlobal(String(entry.key));
				return (['read', 'write', 'execute'] as const)
					.filter((mode) => entry[mode] === true)
					.map((mode) => ({ permission: 'access_globals', mode, key }));
			});
		case 'inject_script':
			return list(param.urls).map((url) => ({
				permission: 'inject_script',
				url: checkPattern(String(url)),
			}));
		case 'read_data_layer':
			if (param.allowedKeys !== 'specific') {
				throw new TemplateError(
					'read_data_layer opens the whole data layer. Set allowedKeys to "specific" and name the keys.'
				);
			}
			return list(param.keyPatterns).map((key) => ({
				permission: 'read_data_layer',
				key: String(key),
			}));
		case 'get_cookies':
			if (param.cookieAccess !== 'specific') {
				throw new TemplateError(
					'get_cookies opens every cookie. Set cookieAccess to "specific" and name the cookies.'
				);
			}
			return list(param.cookieNames).map((cookie) => ({
				permission: 'get_cookies',
				name: String(cookie),
			}));
		case 'access_consent':
			return maps(param.consentTypes).flatMap((entry) =>
				(['read', 'write'] as const)
					.filter((mode) => entry[mode] === true)
					.map((mode) => ({
						permission: 'access_consent',
						mode,
						type: String(entry.consentType),
					}))
			);
		case 'logging':
			if (param.environments !== 'debug' && param.environments !== 'all') {
				throw new TemplateError('logging needs environments, "debug" or "all".');
			}
			return [{ permission: 'logging' }];
		case 'access_template_storage':
		case 'read_container_data':
			return [{ permission: name as 'access_template_storage' }];
		default:
			throw new TemplateError(
				`The permission ${name} is not modelled by this sandbox. Do without it, or model it in permissions.ts first.`
			);
	}
}

/** Tag Manager's editor refuses a path whose first word the browser or the language owns. */
const OWNED =
	/^(window|document|location|navigator|self|top|parent|name|history|frames|localStorage|sessionStorage|eval|Function|Object|Array|Promise|fetch|this|new|var|let|const|function|return|null|true|false)$/;

function checkGlobal(key: string): string {
	const [first = ''] = key.split('.');
	if (OWNED.test(first) || !/^[\w$]+(\.[\w$]+)*$/.test(key)) {
		throw new TemplateError(
			`access_globals names "${key}", which Google Tag Manager refuses. Name a variable that a script defines, like "appInbox.init".`
		);
	}
	return key;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const maps = (value: unknown) => list(value) as Record<string, unknown>[];

function plain(value: Typed): unknown {
	switch (value.type) {
		case 1:
			return value.string;
		case 8:
			return value.boolean;
		case 2:
			return value.listItem.map(plain);
		case 3:
			return Object.fromEntries(
				value.mapKey.map((key, index) => {
					const item = value.mapValue[index];
					return [String(plain(key)), item && plain(item)];
				})
			);
	}
}
