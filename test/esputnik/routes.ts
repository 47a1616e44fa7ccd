import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { type Contact, type Contacts, listMessages, markOpened, unread } from './contacts.ts';
import type { FaultRoute } from './faults.ts';
import { type Reply, Refusal, json } from './http.ts';
import { IDENTIFIERS, type Identifiers, type Seed } from './seed.ts';
import { vendorScript } from './script.ts';
import type { Tokens } from './tokens.ts';

/** What the routes work on. `reset()` puts fresh ones in place. */
export interface State {
	account: Seed['account'];
	contacts: Contacts;
	tokens: Tokens;
}

export interface Incoming {
	/** What the groups of the route's path matched. */
	params: string[];
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	readJson: () => Promise<unknown>;
	/** Notes in the list of calls whom the request is about. */
	about: (identifiers: Identifiers) => void;
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	path: RegExp;
	/** The name of its fault. */
	fault?: FaultRoute;
	/** Called by pages of other origins. The token API is not: its key must never be in a browser. */
	cors?: true;
	handle: (state: State, incoming: Incoming) => Reply | Promise<Reply>;
}

/** The vendor's own routes, as far as this project meets them. */
export const vendorRoutes: Route[] = [
	{
		method: 'POST',
		path: /^\/api\/v1\/auth\/contact\/token$/,
		fault: 'token',
		async handle({ account, contacts, tokens }, { headers, readJson, about }) {
			authenticate(headers, account.apiKeys);
			const identifiers = parse(
				tokenRequestSchema,
				await readJson(),
				'Send at least one of email, phone and externalCustomerId, each a text that is not empty.'
			);
			about(identifiers);
			const contact = contacts.find(identifiers);
			return json(200, { token: contact ? tokens.issue(contact) : '' });
		},
	},
	{
		method: 'GET',
		path: /^\/api\/v1\/account\/info$/,
		fault: 'account',
		handle({ account: { apiKeys, userEmail, organisationName, orgId } }, { headers }) {
			authenticate(headers, apiKeys);
			return json(200, { userEmail, organisationName, orgId });
		},
	},
	{
		method: 'GET',
		path: /^\/appinbox\/v1\/messages\/count$/,
		fault: 'count',
		cors: true,
		handle: withToken((contact) => ({ count: unread(contact) })),
	},
	{
		method: 'GET',
		path: /^\/appinbox\/v1\/messages$/,
		fault: 'messages',
		cors: true,
		handle: withToken((contact, { query }) => {
			const { page, pageSize, status } = parse(
				listRequestSchema,
				Object.fromEntries(query),
				'page is a number from 0, pageSize one from 1 to 100, status OPENED or UNOPENED.'
			);
			// Documented: without any of the parameters it answers all messages.
			const size = query.size === 0 ? contact.messages.length || 1 : Number(pageSize);
			return listMessages(contact, Number(page), size, status ?? null);
		}),
	},
	{
		method: 'POST',
		path: /^\/appinbox\/v1\/messages\/status$/,
		fault: 'status',
		cors: true,
		handle: withToken(async (contact, { readJson }) => {
			const { ids } = parse(
				statusRequestSchema,
				await readJson(),
				'Send {"status": "OPENED", "ids": [...]}; null instead of the list for all messages.'
			);
			markOpened(contact, ids);
			return {};
		}),
	},
	{
		method: 'GET',
		path: /^\/scripts\/([^/]+)\.js$/,
		fault: 'script',
		async handle({ account }, { params }) {
			if (params[0] !== account.scriptId) {
				throw new Refusal(404, 'There is no script with this id.');
			}
			return {
				status: 200,
				type: 'application/javascript; charset=utf-8',
				body: await vendorScript(account),
			};
		},
	},
	{
		method: 'GET',
		path: /^\/track$/,
		handle: () => ({ status: 200, type: 'image/gif', body: PIXEL }),
	},
	{
		method: 'GET',
		path: /^\/recoms$/,
		cors: true,
		handle: () => json(200, { list: [] }),
	},
];

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const optionalText = z.optional(z.string().check(z.minLength(1)));

const tokenRequestSchema = z
	.object({ email: optionalText, phone: optionalText, externalCustomerId: optionalText })
	.check(z.refine((body) => IDENTIFIERS.some((name) => body[name] !== undefined)));

const listRequestSchema = z.object({
	page: z._default(z.string().check(z.regex(/^\d{1,6}$/)), '0'),
	pageSize: z._default(z.string().check(z.regex(/^([1-9]\d?|100)$/)), '20'),
	status: z.optional(z.enum(['OPENED', 'UNOPENED'])),
});

const statusRequestSchema = z.object({
	status: z.literal('OPENED'),
	ids: z._default(z.nullable(z.array(z.string())), null),
});

/** Refuses with 400 and this sentence what the schema does not take. */
export function parse<T extends z.core.$ZodType>(
	schema: T,
	input: unknown,
	sentence: string
): z.infer<T> {
	const result = z.safeParse(schema, input);
	if (!result.success) {
		throw new Refusal(400, sentence);
	}
	return result.data;
}

/** HTTP Basic with any user name, the API key as the password (D). */
function authenticate({ authorization = '' }: IncomingHttpHeaders, apiKeys: string[]): void {
	const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = pair.indexOf(':');
	if (colon < 0 || !apiKeys.includes(pair.slice(colon + 1))) {
		throw new Refusal(401, 'The API key is missing or wrong.', {
			'WWW-Authenticate': 'Basic realm="The stand-in eSputnik"',
		});
	}
}

/** Uses the token up; whatever is answered then, a refusal too, carries the next one. */
function withToken(answer: (contact: Contact, incoming: Incoming) => unknown): Route['handle'] {
	return async ({ tokens }, incoming) => {
		const redeemed = tokens.redeem(String(incoming.headers['es-token'] ?? ''));
		if (!redeemed) {
			throw new Refusal(401, 'This token is not valid any more. Ask for a new one.');
		}
		incoming.about(redeemed.contact);
		const rotated = { 'ES-TOKEN': redeemed.next };
		try {
			return json(200, await answer(redeemed.contact, incoming), rotated);
		} catch (error) {
			if (error instanceof Refusal) {
				return { ...error.reply, headers: { ...error.reply.headers, ...rotated } };
			}
			throw error;
		}
	};
}
