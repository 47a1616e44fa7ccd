import { fieldValues } from './fields.ts';
import type { GtmSettings } from './settings.ts';
import type { TemplateSources } from './sources.ts';
import { siteTemplate } from './template.ts';

/** Where the page puts the signed identity of a logged-in customer: above the Tag Manager snippet. */
export const IDENTITY_KEY = 'appInboxIdentity';

const NAME = 'App Inbox for eSputnik';
/** In Tag Manager names are unique, and variables are referred to by them. */
const NAMES = {
	folder: NAME,
	template: NAME,
	tag: NAME,
	trigger: `${NAME} - before other tags`,
	scriptId: `${NAME} - script id`,
	identity: `${NAME} - identity`,
	bracket: `${NAME} - curly bracket`,
} as const;

/** Stand-ins, which an import replaces; they only have to agree with each other. */
const OWNER = { accountId: '1000000001', containerId: '10000001' };
const OWNER_PATH = `accounts/${OWNER.accountId}/containers/${OWNER.containerId}`;
const FOLDER = '3';
const TEMPLATE = '4';
const TRIGGER = '5';
/** One date for all, so that the same settings give the same bytes. */
const EXPORTED = { exportTime: '2025-01-01 00:00:00', fingerprint: '1735689600000' };

/** `container.json`, for Tag Manager's Import Container: the template, and all that makes it work. */
export function container(sources: TemplateSources, settings: GtmSettings): string {
	const template = {
		...part(TEMPLATE, 'templateId', NAMES.template),
		templateData: siteTemplate(sources, settings),
	};
	const version = {
		path: `${OWNER_PATH}/versions/0`,
		...OWNER,
		containerVersionId: '0',
		container: {
			path: OWNER_PATH,
			...OWNER,
			name: NAME,
			publicId: 'GTM-XXXXXXX',
			usageContext: ['WEB'],
			fingerprint: EXPORTED.fingerprint,
		},
		tag: [tag(settings)],
		trigger: [trigger],
		variable: variables(settings),
		folder: [part(FOLDER, 'folderId', NAMES.folder)],
		builtInVariable: [],
		customTemplate: [template],
	};
	const { exportTime } = EXPORTED;
	const file = { exportFormatVersion: 2, exportTime, containerVersion: version };
	return `${JSON.stringify(file, null, 2)}\n`;
}

const tag = (settings: GtmSettings) => ({
	...inFolder('6', 'tagId', NAMES.tag),
	type: `cvt_${OWNER.containerId}_${TEMPLATE}`,
	parameter: Object.entries({
		...fieldValues(settings),
		scriptHost: literal(settings.scriptHost),
		language: literal(settings.language),
		scriptId: reference(NAMES.scriptId),
		identity: reference(NAMES.identity),
		identityUrl: literal(settings.identityUrl),
	}).map(([key, value]) =>
		typeof value === 'boolean'
			? { type: 'BOOLEAN', key, value: String(value) }
			: { type: 'TEMPLATE', key, value }
	),
	firingTriggerId: [TRIGGER],
	tagFiringOption: 'ONCE_PER_LOAD',
	monitoringMetadata: { type: 'MAP' },
	// The template asks for the consent by itself: the bell never waits.
	consentSettings: { consentStatus: 'NOT_SET' },
});

/**
 * Initialization: as early as can be, so that an init of the page's own is still there to be merged,
 * yet after Consent Initialization, where consent tools fire. Among them the tag might ask before they
 * have set anything, and what nobody has set counts as a yes.
 */
const trigger = { ...inFolder(TRIGGER, 'triggerId', NAMES.trigger), type: 'INIT' };

function variables({ scriptId, scriptHost, language, identityUrl }: GtmSettings) {
	const texts = [scriptId, scriptHost, language, identityUrl];
	const brackets = texts.some((text) => literal(text) !== text);
	return [
		constant('7', NAMES.scriptId, literal(scriptId)),
		{
			...inFolder('8', 'variableId', NAMES.identity),
			type: 'v',
			parameter: [
				{ type: 'INTEGER', key: 'dataLayerVersion', value: '2' },
				{ type: 'BOOLEAN', key: 'setDefaultValue', value: 'false' },
				{ type: 'TEMPLATE', key: 'name', value: IDENTITY_KEY },
			],
		},
		...(brackets ? [constant('9', NAMES.bracket, '{')] : []),
	];
}

const constant = (id: string, name: string, value: string) => ({
	...inFolder(id, 'variableId', name),
	type: 'c',
	parameter: [{ type: 'TEMPLATE', key: 'value', value }],
});

/** Tag Manager puts a variable's value here. */
const reference = (name: string) => `{{${name}}}`;

/** A text that stays what it is: two brackets would begin a reference, for which there is no escape. */
const literal = (text: string) => text.replace(/\{(?=\{)/g, reference(NAMES.bracket));

function inFolder(id: string, idKey: string, name: string) {
	return { ...part(id, idKey, name), parentFolderId: FOLDER };
}

function part(id: string, idKey: string, name: string) {
	return { ...OWNER, [idKey]: id, name, fingerprint: EXPORTED.fingerprint };
}
