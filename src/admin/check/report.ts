import * as z from 'zod/mini';
import type { Settings } from '../../settings/index.ts';
import { STATUSES, type Finding } from './result.ts';

/** The token function's address without `/token`. */
export const baseOf = ({ endpoint }: Settings): string => endpoint.replace(/\/token$/, '');

const partSchema = z.object({
	id: z.enum(['identity', 'vendor-key', 'contact']),
	status: z.enum(STATUSES),
	/** No control characters in what a person reads. */
	message: z.string().check(z.maxLength(1000), z.regex(/^\P{C}*$/u)),
});
export const reportSchema = z.object({ checks: z.array(partSchema).check(z.maxLength(20)) });

export type Part = z.infer<typeof partSchema>;

export const partOf = (parts: Part[], id: Part['id']) => parts.find((part) => part.id === id);

/** What `POST /check` says of its three links, or why it says nothing. */
export type Report = { ok: true; parts: Part[] } | { ok: false; finding: Finding };
