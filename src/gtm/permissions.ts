import { LOADER_MARK, type PermissionSource } from './sources.ts';

/** The WEB_PERMISSIONS section: the permissions in the form that Tag Manager keeps them in. */
export function permissions(source: PermissionSource, loader: string): unknown[] {
	const {
		logging,
		access_globals: globals,
		access_consent: consent,
		get_cookies: cookies,
		inject_script: scripts,
	} = source;
	return [
		logging && permission('logging', { environments: text(logging) }),
		globals &&
			permission('access_globals', {
				keys: list(rights(globals, 'key', ['read', 'write', 'execute'])),
			}),
		consent &&
			permission('access_consent', {
				consentTypes: list(rights(consent, 'consentType', ['read', 'write'])),
			}),
		cookies &&
			permission('get_cookies', {
				cookieAccess: text('specific'),
				cookieNames: list(cookies.map(text)),
			}),
		scripts &&
			permission('inject_script', {
				urls: list(scripts.map((url) => text(url === LOADER_MARK ? loader : url))),
			}),
	].filter(Boolean);
}

const permission = (publicId: string, param: Record<string, unknown>) => ({
	instance: {
		key: { publicId, versionId: '1' },
		param: Object.entries(param).map(([key, value]) => ({ key, value })),
	},
	clientAnnotations: { isEditedByUser: true },
	isRequired: true,
});

/** A map for each name, with a yes or no to each right that there is. */
const rights = (
	granted: Record<string, readonly string[]>,
	nameKey: string,
	all: readonly string[]
) =>
	Object.entries(granted).map(([name, some]) => ({
		type: 3,
		mapKey: [nameKey, ...all].map(text),
		mapValue: [text(name), ...all.map((right) => flag(some.includes(right)))],
	}));

// Tag Manager's numbers for the kinds of a value.
const text = (string: string) => ({ type: 1, string });
const list = (listItem: unknown[]) => ({ type: 2, listItem });
const flag = (boolean: boolean) => ({ type: 8, boolean });
