/** A site's answers to the front end: WordPress's credential and the token function's token. */
import { IDENTITY_URL, type FrontendConfig } from '../../src/settings/frontend-config.ts';
import { settle } from './clock.ts';
import {
	LOGIN,
	MARKER,
	openPage,
	type Answer,
	type Asked,
	type Page,
	type Settled,
} from './page.ts';

/** A JWT as the front end reads it: it looks at nothing but whom it is about. */
export const jwtOf = (claims: object) =>
	`eyJhbGciOiJFZERTQSJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
/** The one that WordPress signs for a login, with its digest in front. */
export const credentialOf = (login: string, claims: object = { sub: '7' }) =>
	jwtOf({ mark: login, ...claims });
export const JWT = credentialOf(LOGIN);
export const TOKEN = 'canary-token-7f3a';
export const ENDPOINT = 'https://shop.example/app-inbox/token';
export const FAR_ENDPOINT = 'https://edge.example/app-inbox/token';
/** With the number that chance is on these pages: no two questions are equal elsewhere. */
export const IDENTITY = `https://shop.example${IDENTITY_URL}&0.5`;

export const token = (value: unknown = TOKEN): Settled => ({
	body: JSON.stringify({ token: value }),
});
export const failed = (status: number, retryAfter?: string): Settled => ({
	status,
	body: '{}',
	...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
});

const isForCredential = ({ url }: Asked) => url.endsWith('?app-inbox=identity&0.5');

/** Answers WordPress's part with a credential, and the function's with these, the last one for ever. */
export const site = (...answers: Answer[]) => siteOf([{ body: JWT }], answers);

/** The same, with these answers of WordPress's as well. */
export function siteOf(credentials: Answer[], tokens: Answer[] = []) {
	const next = (answers: Answer[], n: number) => answers[Math.min(n, answers.length - 1)];
	const counts = { credentials: 0, tokens: 0 };
	return (asked: Asked): Answer =>
		isForCredential(asked)
			? next(credentials, counts.credentials++)!
			: (next(tokens, counts.tokens++) ?? token());
}

interface Member {
	config?: Partial<FrontendConfig>;
	options?: Parameters<typeof openPage>[0];
}

/** A page of a member whose inbox is set up. */
export function member(
	answer: (asked: Asked) => Answer = site(),
	{ config, options }: Member = {}
) {
	const page = openPage({ cookie: MARKER, answer, ...options });
	page.init({ endpoint: ENDPOINT, ...config });
	return page;
}

/** Asks for a token as the vendor script does, and waits for it, at most this long. */
export async function askToken(page: Page, ms = 10_000): Promise<unknown> {
	let result: unknown = 'still pending';
	page.callback()().then(
		(value) => (result = value),
		(error) => (result = error)
	);
	await page.clock.pass(ms);
	await settle();
	return result;
}

/** What was asked, in short. */
export const requestsOf = ({ asked }: Page) => asked.map(({ method, url }) => `${method} ${url}`);
export const credentialRequests = ({ asked }: Page) => asked.filter(isForCredential);
export const tokenRequests = ({ asked }: Page) => asked.filter((one) => !isForCredential(one));
/** The credentials that the token function was shown. */
export const shownTo = (page: Page) =>
	tokenRequests(page).map(({ headers }) => headers.Authorization);
export const CREDENTIAL_REQUEST = `POST ${IDENTITY}`;
export const TOKEN_REQUEST = `POST ${ENDPOINT}`;
