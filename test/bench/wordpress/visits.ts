import { setTimeout as sleep } from 'node:timers/promises';
import { requestsTo } from '../../esputnik/requests.ts';
import type { Stack } from '../../stack/stack.ts';
import type { Member } from './crowd.ts';

export interface VisitsReport {
	/** Milliseconds of each, as the visitor waits for it. */
	pages: number[];
	/** A visitor's first, whose credential the token function has to verify. */
	firstTokens: number[];
	/** The others, with a credential that it knows. */
	nextTokens: number[];
	/** Of WordPress, one for each visitor. */
	credentials: number[];
	/** A sentence for each thing that went wrong. */
	errors: string[];
	/** Tokens that showed the messages of another contact. */
	wrongUser: number;
}

/** Quicker than people are, and below the 60 tokens that a visitor may have in a minute. */
const REST_MS: [least: number, most: number] = [1000, 3000];

/**
 * All members look at page after page for so long, each with a token of its own as the front end
 * asks for it: a credential once, then one token for each page. Each token is shown to eSputnik, which
 * answers the messages of the contact that it belongs to.
 */
export async function visitPages(
	stack: Stack,
	members: Member[],
	seconds: number,
	random: () => number
): Promise<VisitsReport> {
	const report: VisitsReport = {
		pages: [],
		firstTokens: [],
		nextTokens: [],
		credentials: [],
		errors: [],
		wrongUser: 0,
	};
	const { inbox } = requestsTo(stack.esputnik);
	const end = Date.now() + seconds * 1000;
	const rest = () => sleep(REST_MS[0] + random() * (REST_MS[1] - REST_MS[0]));

	const stay = async ({ visitor, message }: Member) => {
		await sleep(random() * REST_MS[1]);
		let credential = '';
		for (let round = 0; Date.now() < end; round++) {
			const page = await timed(async () => {
				const response = await visitor.fetch('/');
				const html = await response.text();
				return { status: response.status, good: html.includes('appInbox.init(') };
			});
			report.pages.push(page.ms);
			if (page.status !== 200 || !page.good) {
				report.errors.push(`A page answered ${page.status}.`);
			}
			if (!credential) {
				const asked = await timed(async () => ({ text: await visitor.identity() }));
				report.credentials.push(asked.ms);
				credential = asked.text;
			}
			const { ms, status, token } = await timed(() => visitor.token(undefined, credential));
			report[round ? 'nextTokens' : 'firstTokens'].push(ms);
			if (status !== 200 || !token) {
				report.errors.push(`A token answered ${status}${token ? '' : ' without a token'}.`);
			} else {
				const seen = (await (await inbox('', token)).json()) as {
					list?: { title: string }[];
				};
				report.wrongUser +=
					seen.list?.length === 1 && seen.list[0]?.title === message ? 0 : 1;
			}
			await rest();
		}
	};
	await Promise.all(
		members.map((member) =>
			stay(member).catch((error: Error) => {
				report.errors.push(`A visitor gave up: ${String(error.cause ?? error.message)}`);
			})
		)
	);
	return report;
}

async function timed<T extends object>(work: () => Promise<T>): Promise<T & { ms: number }> {
	const begun = performance.now();
	const done = await work();
	return { ...done, ms: performance.now() - begun };
}
