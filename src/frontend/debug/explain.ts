import type { Status } from '../status.ts';
import type { Asked, Facts } from './facts.ts';

/** One sentence of the report; `bad` where somebody has something to do. */
export interface Sentence {
	bad: boolean;
	text: string;
}

/** What was found on the page, in the order in which it matters, and what to do about it. */
export function explain(facts: Facts): Sentence[] {
	return [
		...about(facts.status ? stateSentence(facts.status.state, facts) : NOT_RUN),
		...initSentence(facts),
		...tokenSentence(facts),
		...snippets(facts),
		...consent(facts),
		...facts.violated.map((directive) =>
			bad(
				`The page’s content security policy (${directive}) stops App Inbox. Allow it as the README says under “Something is wrong”.`
			)
		),
		...facts.requests.map((_request, index) => requestSentence(facts, index)),
	];
}

const good = (text: string): Sentence => ({ bad: false, text });
const bad = (text: string): Sentence => ({ bad: true, text });
const about = (sentence: Sentence | undefined) => (sentence ? [sentence] : []);

const NOT_RUN = bad(
	'App Inbox has not run on this page. Is the plugin active and set up, and is its script stopped by an optimiser or a content security policy?'
);

type State = NonNullable<Facts['status']>['state'];
const STATES: Record<State, Sentence | undefined> = {
	idle: bad(
		'App Inbox has not been started: there is no script id. Paste the snippet in the settings.'
	),
	guest: good('Nobody is logged in, or this role is excluded: there is no inbox for a guest.'),
	initialised: undefined,
	'already-initialised': bad(
		'Another eSputnik snippet ran before App Inbox, so the inbox cannot start. Remove that snippet, or let it load after this plugin.'
	),
	blocked: bad(
		'eSputnik’s script did not load: an ad blocker, a content security policy or a wrong script id. Try without extensions, then check the id.'
	),
};

const stateSentence = (state: State, { config }: Facts) =>
	state === 'already-initialised' && config?.script === 'site' ? SITE_FIRST : STATES[state];

const SITE_FIRST = bad(
	'The site’s own snippet started before App Inbox did. For a guest that is as it should be; for the inbox of a logged-in visitor let it load after this plugin.'
);

function initSentence({ status, config }: Facts): Sentence[] {
	switch (status?.init) {
		case 'ours':
			return [good('App Inbox made the one init of this page.')];
		case 'merged':
			return [
				good(
					config?.script === 'site'
						? 'The site’s own snippet loads eSputnik’s script and calls init as well. The two were merged into one, and its flags were kept. Keep that snippet. If it is that of eSputnik’s own plugin, leave that plugin’s App Inbox off.'
						: 'Another snippet on this page calls init as well. The two were merged into one, and its flags were kept. Switch on in the settings what it does, and it is no longer needed.'
				),
			];
	}
	return [];
}

function tokenSentence({ status }: Facts): Sentence[] {
	switch (status?.token) {
		case 'pending':
			return [good('A token is on its way.')];
		case 'received':
			return [good('eSputnik’s script has its token.')];
		case 'unknown-contact':
			return [
				bad(
					'eSputnik knows no contact with this person’s id or e-mail. Add the contact there, or wait for the next synchronisation.'
				),
			];
		case 'failed':
			return [
				bad(
					'No token could be had. Open the token function’s /health, and look into its log for this minute.'
				),
				...lastAnswer(status),
			];
	}
	if (status?.state === 'initialised') {
		return [good('eSputnik’s script has not asked for a token yet.')];
	}
	return [];
}

/** Its address says where a redirect led to, such as a login page. */
function lastAnswer({ message }: Status): Sentence[] {
	const [, answer] = /(.+) Open/.exec(message) ?? [];
	return answer ? [good(`The last wrong answer: ${answer}`)] : [];
}

function snippets({ vendorScripts, es, status, config }: Facts): Sentence[] {
	const sentences: Sentence[] = [];
	const ids = new Set(
		vendorScripts.map((src) => /([^/]+)\.js/.exec(src)![1]!.replaceAll('-', '').toUpperCase())
	);
	if (ids.size > 1) {
		sentences.push(
			bad(
				`The page loads eSputnik’s script with different ids, ${[...ids].join(' and ')}: two accounts. Remove the snippet that is not yours.`
			)
		);
	} else if (vendorScripts.length > 1) {
		sentences.push(
			bad(
				config?.script === 'site'
					? 'The page loads eSputnik’s script twice. Remove one of the snippets.'
					: 'The page loads eSputnik’s script twice. Remove the other snippet: the plugin loads it already.'
			)
		);
	}
	if (status?.state === 'initialised' && es === 'none') {
		sentences.push(bad('Another script has removed window.eS. Find it, and remove it.'));
	}
	if (status?.state === 'initialised' && es === 'stub') {
		sentences.push(good('eSputnik’s script has not taken over yet.'));
	}
	return sentences;
}

function consent({ config, consent: answer }: Facts): Sentence[] {
	const { recommendations, tracking } = config?.features ?? {};
	const waitsFor = config?.consent ?? 'none';
	if (waitsFor === 'none' || !(recommendations || tracking)) {
		return [];
	}
	const category = typeof waitsFor === 'string' ? `“${waitsFor}”` : 'this';
	switch (answer) {
		case 'no tool':
			return [good(`There is no consent tool on this page: ${category} counts as allowed.`)];
		case 'allowed':
			return [good(`The visitor allows ${category}: tracking and recommendations may run.`)];
		case 'refused':
			return [
				good(
					`The visitor has not allowed ${category}: tracking and recommendations are off.`
				),
			];
	}
}

const WHAT: Record<Asked['what'], string> = {
	script: 'eSputnik’s script',
	credential: 'WordPress, for a credential',
	token: 'The token function',
};

function requestSentence(facts: Facts, index: number): Sentence {
	const { what, status, ms } = facts.requests[index]!;
	if (status === 0) {
		return good(
			`${WHAT[what]} was asked (${ms} ms; the browser does not say how it answered).`
		);
	}
	const text = `${WHAT[what]} answered ${status} after ${ms} ms.`;
	if (what === 'credential' && lacksCredential(facts, index)) {
		return bad(
			`${text} It held no credential: a login page, a cache or another plugin answers. ${EXEMPT}`
		);
	}
	return (status < 400 ? good : bad)(text + (ADVICE[what]?.[status] ?? ''));
}

/** Whoever gets a credential asks for a token at once. */
const lacksCredential = ({ status, requests }: Facts, index: number) =>
	status?.token === 'failed' &&
	requests[index]!.status < 300 &&
	!requests.slice(index).some(({ what }) => what === 'token');

const EXEMPT = 'Exempt ?app-inbox=identity there.';
const STOPPED = ` A firewall or maintenance stops it. ${EXEMPT}`;
const ADVICE: Partial<Record<Asked['what'], Record<number, string>>> = {
	credential: {
		204: ' That is its answer to a guest.',
		401: ` A password stands before it. ${EXEMPT}`,
		403: STOPPED,
		404: ' Is the plugin active?',
		405: ' A redirect made a GET of it: open the site’s own address.',
		429: STOPPED,
		500: ' Its error log says why.',
		503: STOPPED,
	},
	token: {
		401: ' It does not accept the credential: is its SITE_URL this site’s address, and are the clocks right?',
		403: ' It does not know this origin: add it to ALLOWED_ORIGINS, or mend SITE_URL.',
		404: ' There is no function at this address: does the web server pass it on?',
		429: ' There were too many requests within a minute.',
		502: ' It could not ask eSputnik or the site: its log says why.',
		503: ' eSputnik or the site is out of order: its log says why.',
		504: ' eSputnik or the site does not answer in time.',
	},
};
