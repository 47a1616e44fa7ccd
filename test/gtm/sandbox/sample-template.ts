import { stringify } from 'yaml';
import { parseTemplate, type Template } from './parse-template.ts';

interface Parts {
	info?: Record<string, unknown>;
	parameters?: unknown[];
	code?: string;
	permissions?: unknown[];
	scenarios?: { name: string; code: string }[];
	setup?: string;
}

/** A small template with these parts. */
export const sampleTemplate = (parts: Parts = {}): Template => parseTemplate(sampleText(parts));

export const sampleText = ({
	info = {},
	parameters = [],
	code = 'data.gtmOnSuccess();',
	permissions = [],
	scenarios = [],
	setup,
}: Parts = {}): string =>
	`___TERMS_OF_SERVICE___

By creating or modifying this file you agree to https://developers.google.com/tag-manager/gallery-tos


___INFO___

${JSON.stringify({ ...INFO, ...info }, null, 2)}


___TEMPLATE_PARAMETERS___

${JSON.stringify(parameters, null, 2)}


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

${code}


___WEB_PERMISSIONS___

${JSON.stringify(permissions, null, 2)}


___TESTS___

${stringify({ scenarios, ...(setup !== undefined && { setup }) })}

___NOTES___

A sample.
`;

const INFO = {
	type: 'TAG',
	id: 'cvt_temp_public_id',
	version: 1,
	securityGroups: [],
	displayName: 'Sample',
	categories: ['UTILITY'],
	brand: { id: 'brand', displayName: '' },
	description: 'A sample.',
	containerContexts: ['WEB'],
};

const text = (string: string) => ({ type: 1, string });
const flag = (boolean: boolean) => ({ type: 8, boolean });
const list = (listItem: unknown[]) => ({ type: 2, listItem });

/** A permission as Tag Manager writes it. */
export const permission = (publicId: string, param: Record<string, unknown> = {}) => ({
	instance: {
		key: { publicId, versionId: '1' },
		param: Object.entries(param).map(([key, value]) => ({ key, value })),
	},
	clientAnnotations: { isEditedByUser: true },
	isRequired: true,
});

/** `{'a.b': 'rwx'}`: the letters are the rights. */
export const globals = (keys: Record<string, string>) =>
	permission('access_globals', {
		keys: list(
			Object.entries(keys).map(([key, rights]) => ({
				type: 3,
				mapKey: ['key', 'read', 'write', 'execute'].map(text),
				mapValue: [text(key), ...[...'rwx'].map((right) => flag(rights.includes(right)))],
			}))
		),
	});
export const scripts = (...urls: string[]) =>
	permission('inject_script', { urls: list(urls.map(text)) });
export const logging = (environments = 'debug') =>
	permission('logging', { environments: text(environments) });
export const dataLayer = (...keys: string[]) =>
	permission('read_data_layer', {
		allowedKeys: text('specific'),
		keyPatterns: list(keys.map(text)),
	});
export const cookies = (...names: string[]) =>
	permission('get_cookies', {
		cookieAccess: text('specific'),
		cookieNames: list(names.map(text)),
	});
export const consents = (...types: string[]) =>
	permission('access_consent', {
		consentTypes: list(
			types.map((type) => ({
				type: 3,
				mapKey: ['consentType', 'read', 'write'].map(text),
				mapValue: [text(type), flag(true), flag(false)],
			}))
		),
	});
