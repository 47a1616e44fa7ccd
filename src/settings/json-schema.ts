import * as z from 'zod/mini';
import { defaultSettings, settingsSchema } from './schema.ts';

/**
 * The schema in the dialect that WordPress's REST API reads (draft 4), with the complete defaults at
 * its root. The build writes it into the plugin, which hands it to `register_setting`. No property
 * is required: what a request leaves out keeps its stored value.
 */
export function settingsJsonSchema(): Record<string, unknown> {
	const schema = z.toJSONSchema(settingsSchema, {
		target: 'draft-4',
		io: 'input',
		override: ({ zodSchema, jsonSchema }) => {
			// PHP would store a "number" as a float.
			if (zodSchema instanceof z.ZodMiniDefault && jsonSchema.type === 'number') {
				jsonSchema.type = 'integer';
			}
		},
	});
	delete schema.$schema;
	return { ...schema, default: defaultSettings() };
}
