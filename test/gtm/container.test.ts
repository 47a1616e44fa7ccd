import { describe, expect, it } from 'vitest';
import { container, gtmFiles, IDENTITY_KEY, siteTemplate } from '../../src/gtm/index.ts';
import { containerShape, type Container } from './container-shape.ts';
import { tagFields } from './sandbox/run-container.ts';
import { fieldsOf, readTemplate, SCRIPT_ID, settingsOf, sources } from './example.ts';

const settings = settingsOf({ language: 'uk', script: 'site', features: { tracking: true } });
const text = container(sources, settings);
const exported: Container = JSON.parse(text);
const version = exported.containerVersion;
const [tag] = version.tag;
const [trigger] = version.trigger;
const [folder] = version.folder;
const [template] = version.customTemplate;

it('has the shape of an export, field by field', () => {
	expect(containerShape.safeParse(exported).error?.issues ?? []).toEqual([]);
});

it('the same input gives the same bytes', () => {
	expect(container(structuredClone(sources), structuredClone(settings))).toBe(text);
});

it('contains the template of the site, as the other file does', () => {
	expect(template.templateData).toBe(siteTemplate(sources, settings));
	expect(gtmFiles(sources, settings)).toEqual({
		'template.tpl': template.templateData,
		'container.json': text,
	});
});

describe('its parts', () => {
	it('agree on whose they are', () => {
		const { accountId, containerId } = version;
		const parts = [tag, trigger, folder, template, version.container, ...version.variable];
		parts.forEach((part) => expect(part).toMatchObject({ accountId, containerId }));
		expect(version.path).toBe(`accounts/${accountId}/containers/${containerId}/versions/0`);
		expect(version.container.path).toBe(`accounts/${accountId}/containers/${containerId}`);
		expect(tag.type).toBe(`cvt_${containerId}_${template.templateId}`);
	});

	it('are in one folder of their own, under names of their own', () => {
		const inside = [tag, trigger, ...version.variable];
		inside.forEach((part) => {
			expect(part.parentFolderId).toBe(folder.folderId);
			expect(part.name).toMatch(/^App Inbox for eSputnik( - [a-z ]+)?$/);
		});
		const names = version.variable.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('have ids of their own', () => {
		const ids = [
			tag.tagId,
			trigger.triggerId,
			folder.folderId,
			template.templateId,
			...version.variable.map(({ variableId }) => variableId),
		];
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('fire the tag by the trigger, after the consent tools', () => {
		expect(tag.firingTriggerId).toEqual([trigger.triggerId]);
		expect(trigger.type).toBe('INIT');
	});
});

it('gives the template each of its fields, and the variables their values', () => {
	expect(tagFields(text, [{ [IDENTITY_KEY]: 'eyJ.e30.c2ln' }])).toEqual([
		{
			scriptId: SCRIPT_ID,
			scriptHost: 'cdn.esputnik.com',
			keepSnippet: true,
			language: 'uk',
			appInbox: true,
			recommendations: false,
			tracking: true,
			identity: 'eyJ.e30.c2ln',
			identityUrl: '',
			consent: 'ad_storage',
			debug: false,
		},
	]);
	const names = fieldsOf(readTemplate(template.templateData).parameters).map(({ name }) => name);
	expect(tag.parameter.map(({ key }) => key).sort()).toEqual(names.sort());
});

it('reads the data layer as Tag Manager does today', () => {
	const identity = version.variable.find(({ type }) => type === 'v')!;
	expect(identity.parameter).toEqual([
		{ type: 'INTEGER', key: 'dataLayerVersion', value: '2' },
		{ type: 'BOOLEAN', key: 'setDefaultValue', value: 'false' },
		{ type: 'TEMPLATE', key: 'name', value: 'appInboxIdentity' },
	]);
});

it('has no variable that nothing refers to', () => {
	const references = JSON.stringify(tag.parameter);
	version.variable.forEach(({ name }) => expect(references).toContain(`{{${name}}}`));
});
