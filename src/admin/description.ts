import * as z from 'zod/mini';
import { settingsSchema } from '../settings/index.ts';
import { translate } from './translate.ts';

/** The schema's own description of a setting, translated: `description('placement.selector')`. */
export function description(path: string): string {
	let type: z.core.$ZodType | undefined = settingsSchema;
	for (const key of path.split('.')) {
		const object = unwrapped(type);
		type = object instanceof z.ZodMiniObject ? object.shape[key] : undefined;
	}
	return translate((type && z.globalRegistry.get(type)?.description) ?? '');
}

const unwrapped = (type: z.core.$ZodType | undefined) =>
	type instanceof z.ZodMiniDefault || type instanceof z.ZodMiniPrefault
		? type.def.innerType
		: type;
