import type { BrokenLink } from './check-broken-links.ts';
import { IDENTITY, jwtOf, page, type Reply } from './check-world.ts';

const LET_THROUGH = 'Let POST requests for \\/\\?app-inbox=identity through';

/** What comes instead of the credential. */
const answered = (
	name: string,
	reply: Reply,
	message: RegExp,
	advice = new RegExp(LET_THROUGH)
): BrokenLink => ({
	name,
	breaks: (world) => (world.answers[IDENTITY] = reply),
	failed: 'identity',
	message,
	advice,
	skipped: ['vendor-key', 'contact', 'token'],
});

/** Between the page and WordPress, when they are to say who is logged in. */
export const BROKEN_CREDENTIAL: BrokenLink[] = [
	answered('a login that has ended', { status: 204 }, /no longer knows you/, /Log in again/),
	answered('an identity address that is cut off', null, /no answer that your browser may read/),
	answered(
		'a login page for all visitors',
		{ body: page(''), redirectedTo: 'https://shop.example/log-in?back=5ecret' },
		/on to https:\/\/shop\.example\/log-in\.$/
	),
	answered(
		'a choice of languages',
		{ status: 405, redirectedTo: 'https://shop.example/uk/?app-inbox=identity' },
		/on to https:\/\/shop\.example\/uk\/\.$/
	),
	answered('a password before the site', { status: 401 }, /password .*\(401\)/),
	...[403, 429, 503].map((status) =>
		answered(
			`a firewall that answers ${status}`,
			{ status, body: page('Blocked') },
			new RegExp(`before it reaches WordPress \\(${status}\\)`),
			new RegExp(`firewall.*maintenance.*${LET_THROUGH}`)
		)
	),
	answered(
		'a server that takes GET alone',
		{ status: 405, body: page('Not allowed') },
		/takes no POST request.*\(405\)/
	),
	answered(
		'an error of PHP',
		{ status: 500, body: 'Critical error' },
		/WordPress does not answer who you are/,
		/PHP error log/
	),
	answered(
		'a page of another plugin',
		{ body: page('Coming soon') },
		/Something other than App Inbox answers.*\(200\)/,
		new RegExp(`one by one.*${LET_THROUGH}`)
	),
	answered(
		'a JWT of another plugin',
		{ body: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1In0.c2lnbmF0dXJl' },
		/Something other than App Inbox answers/
	),
	answered(
		'somebody else’s credential',
		{ body: jwtOf('0'.repeat(30)) },
		/about another login/,
		/nobody sees another’s inbox/
	),
];
