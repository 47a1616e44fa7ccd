import * as z from 'zod';

/** What an export of Tag Manager is made of, field by field; nothing more may be there. */

const digits = z.string().regex(/^[0-9]+$/);
const owner = { accountId: digits, containerId: digits };
const part = { ...owner, name: z.string().min(1), fingerprint: digits };
const inFolder = { ...part, parentFolderId: digits };

const parameter = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('TEMPLATE'), key: z.string(), value: z.string() }),
	z.strictObject({
		type: z.literal('BOOLEAN'),
		key: z.string(),
		value: z.enum(['true', 'false']),
	}),
	z.strictObject({ type: z.literal('INTEGER'), key: z.string(), value: digits }),
]);

const tag = z.strictObject({
	...inFolder,
	tagId: digits,
	type: z.string().regex(/^cvt_[0-9]+_[0-9]+$/),
	parameter: z.array(parameter),
	firingTriggerId: z.array(digits).min(1),
	tagFiringOption: z.literal('ONCE_PER_LOAD'),
	monitoringMetadata: z.strictObject({ type: z.literal('MAP') }),
	consentSettings: z.strictObject({ consentStatus: z.literal('NOT_SET') }),
});
const trigger = z.strictObject({
	...inFolder,
	triggerId: digits,
	type: z.enum(['INIT', 'CONSENT_INIT']),
});
const variable = z.strictObject({
	...inFolder,
	variableId: digits,
	type: z.enum(['c', 'v']),
	parameter: z.array(parameter).min(1),
});

export const containerShape = z.strictObject({
	exportFormatVersion: z.literal(2),
	exportTime: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
	containerVersion: z.strictObject({
		path: z.string().regex(/^accounts\/\d+\/containers\/\d+\/versions\/0$/),
		...owner,
		containerVersionId: z.literal('0'),
		container: z.strictObject({
			path: z.string().regex(/^accounts\/\d+\/containers\/\d+$/),
			...part,
			publicId: z.string().regex(/^GTM-[A-Z0-9]+$/),
			usageContext: z.tuple([z.literal('WEB')]),
		}),
		tag: z.tuple([tag]),
		trigger: z.tuple([trigger]),
		variable: z.array(variable).min(2),
		folder: z.tuple([z.strictObject({ ...part, folderId: digits })]),
		builtInVariable: z.tuple([]),
		customTemplate: z.tuple([
			z.strictObject({ ...part, templateId: digits, templateData: z.string() }),
		]),
	}),
});
export type Container = z.infer<typeof containerShape>;
