import * as z from 'zod/mini';
import { POSITIONS, SCRIPT_ID } from '../../src/settings/schema.ts';
import { WAYS } from './vendor-script/queue.ts';
import seedJson from './seed.json' with { type: 'json' };

const text = z.string().check(z.minLength(1));

const messageSchema = z.strictObject({
	title: text,
	/** HTML, or a mere text. */
	content: z.string(),
	/** An address that the message leads to; '' for none. */
	link: z._default(z.string(), ''),
	image: z._default(z.string(), ''),
	category: z._default(z.string(), ''),
	customData: z._default(z.record(text, z.string()), {}),
	/** Its age when the stand-in starts, so that the inbox never looks old. */
	hoursAgo: z._default(z.number().check(z.minimum(0)), 0),
	status: z._default(z.enum(['OPENED', 'UNOPENED']), 'UNOPENED'),
});

const contactSchema = z
	.strictObject({
		name: text,
		externalCustomerId: z.optional(text),
		email: z.optional(text),
		phone: z.optional(text),
		messages: z._default(z.array(messageSchema), []),
	})
	.check(
		z.refine(
			({ externalCustomerId, email, phone }) => Boolean(externalCustomerId || email || phone),
			'a contact needs at least one of externalCustomerId, email and phone.'
		)
	);

const seedSchema = z
	.strictObject({
		account: z.strictObject({
			scriptId: z
				.string()
				.check(z.regex(SCRIPT_ID, 'a script id has 32 hexadecimal digits.')),
			/** Where the widget goes; '' for a fixed corner of the page. */
			selector: z._default(z.string(), ''),
			position: z._default(z.enum(POSITIONS), 'beforeend'),
			/** How often the widget asks for the number of unread messages. */
			pollSeconds: z._default(z.number().check(z.positive()), 60),
			/** What of `eS` the script replaces. */
			takesOver: z._default(z.enum(WAYS), 'c'),
			apiKeys: z.array(text),
			userEmail: z._default(text, 'owner@example.com'),
			organisationName: z._default(text, 'Example Shop'),
			orgId: z._default(z.int(), 4711),
		}),
		contacts: z._default(z.array(contactSchema), []),
	})
	.check(
		z.refine(
			({ contacts }) => IDENTIFIERS.every((name) => distinct(contacts, name)),
			'two contacts share an externalCustomerId, an email or a phone.'
		)
	);

/** An account with its contacts and their messages, as a JSON file or a test writes them. */
export type SeedInput = z.input<typeof seedSchema>;
export type Seed = z.infer<typeof seedSchema>;
export type SeedContact = Seed['contacts'][number];

/** What a contact is found by, in this order (I). */
export const IDENTIFIERS = ['externalCustomerId', 'email', 'phone'] as const;
export type Identifiers = Partial<Record<(typeof IDENTIFIERS)[number], string | undefined>>;

/** The account that everything is tried with: Anna, Bohdan, and Chloe who has only an e-mail. */
export const exampleSeed = (): SeedInput => structuredClone(seedJson) as SeedInput;

/** Throws one sentence for each thing that is wrong, each with the place where it is. */
export function parseSeed(input: unknown): Seed {
	const result = seedSchema.safeParse(input);
	if (result.success) {
		return result.data;
	}
	throw new Error(`This is no seed of the stand-in eSputnik. ${explain(result.error)}`);
}

/** zod's issues as `contacts.0.email: what is wrong`, for people. */
export const explain = (error: z.core.$ZodError): string =>
	error.issues
		.map((issue) => {
			const at = issue.path.join('.');
			const expected =
				issue.code === 'invalid_type' ? `expected: ${issue.expected}.` : issue.message;
			if (issue.code === 'unrecognized_keys') {
				return `${at || 'the top level'}: there is no ${issue.keys.join(', ')} here.`;
			}
			if (issue.code === 'invalid_value') {
				return `${at}: expected one of: ${issue.values.join(', ')}.`;
			}
			return at ? `${at}: ${expected}` : expected;
		})
		.join(' ');

function distinct(contacts: Identifiers[], name: (typeof IDENTIFIERS)[number]): boolean {
	const values = contacts.flatMap((contact) => contact[name]?.toLowerCase() ?? []);
	return new Set(values).size === values.length;
}
