import * as z from 'zod/mini';
import { unread } from './contacts.ts';
import { FAULT_ROUTES, type FaultRoute, type Faults } from './faults.ts';
import { Refusal, json } from './http.ts';
import { type Route, type State, parse } from './routes.ts';

/**
 * What eSputnik does not have: switching faults, sending a message by hand, and a page that says
 * what runs here. They take JSON from their own origin only, so no page on the web can press them.
 */
export const controlRoutes = (faults: Faults): Route[] => [
	{
		method: 'PUT',
		path: /^\/faults\/([^/]+)$/,
		async handle(_state, { params: [route = ''], readJson }) {
			if (!isFaultRoute(route)) {
				throw new Refusal(404, `Faults are for one of: ${FAULT_ROUTES.join(', ')}.`);
			}
			const fault = await readJson();
			try {
				faults.set(route, fault);
			} catch (error) {
				throw new Refusal(400, (error as Error).message);
			}
			return { status: 204 };
		},
	},
	{
		method: 'DELETE',
		path: /^\/faults$/,
		handle() {
			faults.clear();
			return { status: 204 };
		},
	},
	{
		method: 'POST',
		path: /^\/messages$/,
		async handle({ contacts }, { readJson }) {
			const { externalCustomerId, ...message } = parse(
				messageRequestSchema,
				await readJson(),
				'Send {"externalCustomerId": "2", "title": "…", "content": "…"}; a link is optional.'
			);
			const contact = contacts.find({ externalCustomerId });
			if (!contact) {
				throw new Refusal(404, 'There is no contact with this externalCustomerId.');
			}
			return json(201, { id: contacts.send(contact, message).id });
		},
	},
	{
		method: 'GET',
		path: /^\/$/,
		handle: (state) => ({
			status: 200,
			type: 'text/html; charset=utf-8',
			body: homePage(state),
		}),
	},
];

const isFaultRoute = (name: string): name is FaultRoute =>
	(FAULT_ROUTES as readonly string[]).includes(name);

const messageRequestSchema = z.strictObject({
	externalCustomerId: z.string().check(z.minLength(1)),
	title: z.string().check(z.minLength(1), z.maxLength(200)),
	content: z._default(z.string().check(z.maxLength(5000)), ''),
	link: z._default(z.string().check(z.maxLength(2000)), ''),
});

function homePage({ account, contacts }: State): string {
	const rows = contacts.all.map((contact) => {
		const cells = [
			contact.name,
			contact.externalCustomerId ?? '–',
			contact.email ?? contact.phone ?? '–',
			contact.messages.length,
			unread(contact),
		];
		return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join('')}</tr>`;
	});
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A stand-in for eSputnik</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{padding:.4rem .6rem;text-align:start;border-bottom:1px solid #ddd}
pre{overflow:auto;background:#f4f4f5;padding:1rem;border-radius:.5rem}</style>
<h1>A stand-in for eSputnik</h1>
<p>This is not eSputnik. It answers like eSputnik’s App Inbox, so that everything can be tried
without an account and without the internet. Account: ${escapeHtml(account.organisationName)}.</p>
<table><tr><th>Contact<th>Customer id<th>E-mail or phone<th>Messages<th>Unread</tr>
${rows.join('\n')}
</table>
<p>To send a message, post it to <code>messages</code> below this address:</p>
<pre>curl -H 'Content-Type: application/json' -d '{"externalCustomerId":"2","title":"Hello","content":"A new message."}' …/messages</pre>
</html>
`;
}

const escapeHtml = (value: string) =>
	value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
