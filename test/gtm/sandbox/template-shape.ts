/** What a .tpl's sections look like; learnt from exported templates, and strict about the rest. */
import { z } from 'zod';

const CATEGORIES = [
	'ADVERTISING',
	'ANALYTICS',
	'CONVERSIONS',
	'EXPERIMENTATION',
	'PERSONALIZATION',
	'REMARKETING',
	'UTILITY',
] as const;

export const infoSchema = z.strictObject({
	type: z.literal('TAG'),
	id: z.literal('cvt_temp_public_id'),
	version: z.literal(1),
	securityGroups: z.tuple([]),
	displayName: z.string().min(1),
	categories: z.array(z.enum(CATEGORIES)).min(1).max(3),
	brand: z.strictObject({
		id: z.string().min(1),
		displayName: z.string(),
		thumbnail: z.string().startsWith('data:image/').optional(),
	}),
	description: z.string().min(1).max(200, 'the gallery shows 200 characters at most'),
	containerContexts: z.tuple([z.literal('WEB')]),
});
export type Info = z.infer<typeof infoSchema>;

const conditionSchema = z.strictObject({
	paramName: z.string(),
	paramValue: z.unknown().optional(),
	type: z.enum(['EQUALS', 'NOT_EQUALS', 'PRESENT', 'NOT_PRESENT']),
});
export type Condition = z.infer<typeof conditionSchema>;

const validatorSchema = z.strictObject({
	type: z.enum(['NON_EMPTY', 'REGEX', 'STRING_LENGTH', 'POSITIVE_NUMBER']),
	args: z.array(z.union([z.string(), z.number()])).optional(),
	errorMessage: z.string().optional(),
	enablingConditions: z.array(conditionSchema).optional(),
});
export type Validator = z.infer<typeof validatorSchema>;

const itemSchema = z.strictObject({ value: z.unknown(), displayValue: z.string() });

const common = {
	name: z.string().regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _'),
	displayName: z.string().optional(),
	help: z.string().optional(),
	enablingConditions: z.array(conditionSchema).optional(),
};
const valued = {
	...common,
	defaultValue: z.unknown().optional(),
	valueValidators: z.array(validatorSchema).optional(),
	simpleValueType: z.boolean().optional(),
	alwaysInSummary: z.boolean().optional(),
	clearOnCopy: z.boolean().optional(),
	notSetText: z.string().optional(),
};

const columns = { newRowButtonText: z.string().optional(), newRowTitle: z.string().optional() };

const leafSchema = z.discriminatedUnion('type', [
	z.strictObject({
		...valued,
		type: z.literal('TEXT'),
		valueHint: z.string().optional(),
		valueUnit: z.string().optional(),
		lineCount: z.number().optional(),
		textAsList: z.boolean().optional(),
		canBeEmptyString: z.boolean().optional(),
	}),
	z.strictObject({
		...valued,
		type: z.literal('SELECT'),
		selectItems: z.array(itemSchema).min(1),
		macrosInSelect: z.boolean().optional(),
	}),
	z.strictObject({ ...valued, type: z.literal('CHECKBOX'), checkboxText: z.string() }),
	z.strictObject({ ...valued, type: z.literal('RADIO'), radioItems: z.array(itemSchema).min(1) }),
	z.strictObject({ ...common, type: z.literal('LABEL') }),
	z.strictObject({
		...valued,
		...columns,
		type: z.literal('SIMPLE_TABLE'),
		simpleTableColumns: z.array(z.record(z.string(), z.unknown())).min(1),
	}),
	z.strictObject({
		...valued,
		...columns,
		type: z.literal('PARAM_TABLE'),
		paramTableColumns: z.array(z.record(z.string(), z.unknown())).min(1),
	}),
]);

export type Field = z.infer<typeof leafSchema>;
/** Fields under one heading, which may fold. */
export interface Group {
	type: 'GROUP';
	name: string;
	displayName?: string | undefined;
	help?: string | undefined;
	enablingConditions?: Condition[] | undefined;
	groupStyle: 'NO_ZIPPY' | 'ZIPPY_OPEN' | 'ZIPPY_OPEN_ON_PARAM' | 'ZIPPY_CLOSED';
	subParams: Parameter[];
}
export type Parameter = Field | Group;

const groupSchema = z.strictObject({
	...common,
	type: z.literal('GROUP'),
	groupStyle: z.enum(['NO_ZIPPY', 'ZIPPY_OPEN', 'ZIPPY_OPEN_ON_PARAM', 'ZIPPY_CLOSED']),
	subParams: z.lazy(() => parametersSchema),
});
export const parametersSchema: z.ZodType<Parameter[]> = z.array(
	z.discriminatedUnion('type', [leafSchema, groupSchema])
);

/** Tag Manager's typed value: 1 a string, 8 a boolean, 2 a list, 3 a map. */
export type Typed =
	| { type: 1; string: string }
	| { type: 8; boolean: boolean }
	| { type: 2; listItem: Typed[] }
	| { type: 3; mapKey: Typed[]; mapValue: Typed[] };
const typedSchema: z.ZodType<Typed> = z.lazy(() =>
	z.discriminatedUnion('type', [
		z.strictObject({ type: z.literal(1), string: z.string() }),
		z.strictObject({ type: z.literal(8), boolean: z.boolean() }),
		z.strictObject({ type: z.literal(2), listItem: z.array(typedSchema) }),
		z.strictObject({
			type: z.literal(3),
			mapKey: z.array(typedSchema),
			mapValue: z.array(typedSchema),
		}),
	])
);

const permissionSchema = z.strictObject({
	instance: z.strictObject({
		key: z.strictObject({ publicId: z.string(), versionId: z.literal('1') }),
		param: z.array(z.strictObject({ key: z.string(), value: typedSchema })),
	}),
	clientAnnotations: z.strictObject({ isEditedByUser: z.boolean() }).optional(),
	isRequired: z.literal(true),
});
export type Permission = z.infer<typeof permissionSchema>;
export const permissionsSchema = z.array(permissionSchema);

const scenarioSchema = z.strictObject({ name: z.string().min(1), code: z.string().min(1) });
export type Scenario = z.infer<typeof scenarioSchema>;
export const testsSchema = z.strictObject({
	scenarios: z
		.array(scenarioSchema)
		.refine(
			(scenarios) => new Set(scenarios.map(({ name }) => name)).size === scenarios.length,
			'two scenarios of one name; give each its own'
		),
	setup: z.string().optional(),
});
