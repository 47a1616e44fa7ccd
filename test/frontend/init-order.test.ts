/** One init, whatever comes in whatever order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loader } from '../esputnik/snippets.ts';
import { CONSENT, INLINE, MARKER, openPage, OTHER_MARKER } from './page.ts';

const FOREIGN_INITS = [
	['init'],
	['init', { TRACKING: true, RECOMS: true }],
	['init', { NEW: 1 }, { language: 'ru', theme: 'dark' }],
];
type Event =
	| { type: 'ours' | 'vendor' | 'ready' | 'load' | 'restored' | 'visible' }
	| { type: 'foreign' | 'other'; command: unknown[] }
	| { type: 'marker'; cookie: string }
	/** The consent tool from now on says so; undefined: there is none. */
	| { type: 'tool'; says: boolean | undefined }
	/** The visitor decides: the tool tells the page. */
	| { type: 'consent'; marketing: 'allow' | 'deny' };

const HAPPENINGS: Event[] = [
	{ type: 'load' },
	{ type: 'restored' },
	{ type: 'visible' },
	...[MARKER, OTHER_MARKER, ''].map((cookie) => ({ type: 'marker' as const, cookie })),
	...[true, false, undefined].map((says) => ({ type: 'tool' as const, says })),
	...(['allow', 'deny'] as const).map((marketing) => ({ type: 'consent' as const, marketing })),
];

/** Ours once or twice, the vendor's once, the rest as often as it comes; all in any order. */
const events = fc
	.record({
		ours: fc.integer({ min: 1, max: 2 }),
		foreign: fc.array(fc.constantFrom(...FOREIGN_INITS), { maxLength: 3 }),
		others: fc.nat(4),
		happenings: fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 6 }),
	})
	.chain(({ ours: times, foreign, others, happenings }) => {
		const all: Event[] = [
			...Array.from({ length: times }, () => ({ type: 'ours' as const })),
			{ type: 'vendor' },
			{ type: 'ready' },
			...foreign.map((command) => ({ type: 'foreign' as const, command })),
			...Array.from({ length: others }, () => ({
				type: 'other' as const,
				command: ['sendEvent', 'PageView'],
			})),
			...happenings,
		];
		return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
	})
	// What tells one event from another, once they have their order.
	.map((list) =>
		list.map((event, n) =>
			event.type === 'other' ? { ...event, command: [...event.command, n] } : event
		)
	);

const configs = fc.record({
	features: fc.record({
		appInbox: fc.boolean(),
		recommendations: fc.boolean(),
		tracking: fc.boolean(),
	}),
	consent: fc.constantFrom('none' as const, 'marketing' as const),
	member: fc.boolean(),
	consents: fc.constantFrom(true, false, undefined),
});
type Config = typeof configs extends fc.Arbitrary<infer T> ? T : never;

/** Whether tracking or recommendations wait for a consent; beside ours stands consent.js then. */
const asksFor = ({ features, consent }: Config) =>
	consent !== 'none' && (features.recommendations || features.tracking);

/** Plays the events on a fresh page: what reached the vendor. */
function play(list: Event[], config: Config) {
	const { member, consents, features, consent } = config;
	const page = openPage({ cookie: member ? MARKER : '' });
	const { window, document } = page;
	const setTool = (says: boolean | undefined) => {
		window.wp_has_consent = says === undefined ? undefined! : () => says;
	};
	setTool(consents);
	let received: unknown[][] = [];
	for (const event of list) {
		switch (event.type) {
			case 'ours':
				page.run(INLINE);
				page.init({ features, consent });
				break;
			case 'vendor':
				received = page.loadVendor();
				break;
			case 'ready':
				if (asksFor(config)) {
					// Deferred scripts run just before.
					Object.defineProperty(document, 'currentScript', {
						value: { dataset: { consent } },
					});
					page.run(CONSENT);
				}
				page.ready();
				break;
			case 'load':
				window.dispatchEvent(new window.Event('load'));
				break;
			case 'restored':
				window.dispatchEvent(
					new window.PageTransitionEvent('pageshow', { persisted: true })
				);
				break;
			case 'visible':
				document.dispatchEvent(new window.Event('visibilitychange', { bubbles: true }));
				break;
			case 'marker':
				page.setCookie(event.cookie);
				break;
			case 'tool':
				setTool(event.says);
				break;
			case 'consent': {
				const detail = { marketing: event.marketing };
				document.dispatchEvent(
					new window.CustomEvent('wp_listen_for_consent_change', { detail })
				);
				break;
			}
			default:
				// As on a real page: the snippet, which defines eS where it is not, before each call.
				page.run(loader());
				window.eS(...event.command);
		}
	}
	window.close();
	return { page, received };
}

/** What the one init says of ours, and when: the events at which eS becomes ours, and init is sent. */
function ours(list: Event[], config: Config) {
	const at = (type: Event['type']) => list.findIndex((event) => event.type === type);
	const { appInbox, recommendations, tracking } = config.features;
	const asks = asksFor(config);
	const sentAt = asks ? Math.max(at('ours'), at('ready')) : at('ours');
	const says = list
		.slice(0, sentAt)
		.reduce((last, event) => (event.type === 'tool' ? event.says : last), config.consents);
	const allowed = !asks || says !== false;
	const inbox = appInbox && Boolean(markerAt(list, at('ours'), config));
	const flags = {
		...(inbox && { APP_INBOX: true }),
		...(recommendations && allowed && { RECOMS: true }),
		...(tracking && allowed && { TRACKING: true }),
	};
	const placedAt = inbox ? at('ours') : sentAt;
	return {
		flags,
		inbox,
		sentAt,
		placedAt,
		vendorAt: at('vendor'),
		/** Ours has nothing to say, or comes too late. */
		silent: Object.keys(flags).length === 0 || at('vendor') < placedAt,
		/** How often a page that was somebody else's came to sight. */
		reloads: list.filter(
			({ type }, index) =>
				(type === 'restored' || type === 'visible') &&
				inbox &&
				index > at('ours') &&
				markerAt(list, index, config) !== markerAt(list, at('ours'), config)
		).length,
	};
}

const markerAt = (list: Event[], index: number, { member }: Config) =>
	list
		.slice(0, index)
		.reduce(
			(last, event) => (event.type === 'marker' ? event.cookie : last),
			member ? MARKER : ''
		);

/** The commands that reach eS: of a consent that is withdrawn the events that follow do not. */
function passed(list: Event[], config: Config): unknown[][] {
	const { silent, placedAt, sentAt } = ours(list, config);
	let heard = false;
	let denied = false;
	let hasEs = false;
	let stopped = false;
	return list.flatMap((event, index) => {
		heard ||= event.type === 'ready' && asksFor(config);
		if (index === placedAt && !silent) {
			// Ours that comes late takes the place of whatever is there.
			stopped = false;
			hasEs = true;
		}
		hasEs ||= event.type === 'vendor' || 'command' in event;
		const decision = event.type === 'consent' && heard;
		denied ||= decision && event.marketing === 'deny';
		// What was withdrawn before there was an eS, or before ours, is stopped when ours has its say.
		stopped ||= (decision || index === sentAt) && denied && hasEs;
		return 'command' in event && !(stopped && !isInit(event.command)) ? [event.command] : [];
	});
}

const isInit = ([name]: unknown[]) => name === 'init';
const commandsOf = (list: Event[]) =>
	list.flatMap((event) => ('command' in event ? [event.command] : []));
const partition = (lines: string[], pattern: RegExp): [string[], string[]] => [
	lines.filter((line) => pattern.test(line)),
	lines.filter((line) => !pattern.test(line)),
];
const NO_FLAGS = { APP_INBOX: false, RECOMS: false, TRACKING: false };

it('exactly one init reaches the vendor, nothing else is lost or reordered', () => {
	let sent = 0;
	fc.assert(
		fc.property(events, configs, (list, config) => {
			const { page, received } = play(list, config);
			const all = passed(list, config);
			expect(received.filter((command) => !isInit(command))).toEqual(
				all.filter((command) => !isInit(command))
			);
			const { flags, inbox, sentAt, vendorAt, silent, reloads } = ours(list, config);
			const inits = received.filter(isInit);
			const { state, init } = page.window.appInbox.status();
			// Each foreign snippet adds its script; ours where there is none yet, and it has an init.
			const snippets = commandsOf(list).length;
			const snippetsBefore = commandsOf(list.slice(0, sentAt)).length;
			expect(page.vendorScripts()).toHaveLength(
				snippets + (silent || snippetsBefore > 0 ? 0 : 1)
			);
			const [warnings, others] = partition(page.logged, /Open \?app-inbox-debug/);
			const [navigations, errors] = partition(others, /Not implemented: navigation/);
			expect(errors).toEqual([]);
			expect(navigations).toHaveLength(reloads);
			if (silent) {
				// All is as without us.
				expect(inits).toEqual(all.filter(isInit));
				expect(state).toBe(
					Object.keys(flags).length === 0 ? 'guest' : 'already-initialised'
				);
				expect(warnings).toEqual([]);
				return;
			}
			sent++;
			expect(state).toBe('initialised');
			// Until the vendor has ours, the first foreign one is merged.
			const [foreign] = commandsOf(list.slice(0, Math.max(sentAt, vendorAt))).filter(isInit);
			expect(init).toBe(foreign ? 'merged' : 'ours');
			const options = { getAuthTokenCallback: expect.any(Function), language: 'uk' };
			expect(inits).toEqual([
				[
					'init',
					{ ...((foreign ? foreign[1] : NO_FLAGS) as object), ...flags },
					{ ...(foreign?.[2] as object), ...(inbox && options) },
				],
			]);
			expect(warnings).toHaveLength(all.filter(isInit).length - (foreign ? 1 : 0));
			if (sentAt < vendorAt) {
				// The vendor script expects its init before whatever else is queued.
				expect(isInit(received[0]!)).toBe(true);
			}
		}),
		{ numRuns: 400 }
	);
	// Often enough there was something to tell.
	expect(sent).toBeGreaterThan(40);
}, 60_000);

it('ours before or after a foreign one is the same to the vendor', () => {
	fc.assert(
		fc.property(configs, fc.constantFrom(...FOREIGN_INITS), (config, command) => {
			const foreign: Event = { type: 'foreign', command };
			const rest: Event[] = [{ type: 'ready' }, { type: 'vendor' }];
			const [before, after] = [
				[foreign, { type: 'ours' } as const],
				[{ type: 'ours' } as const, foreign],
			].map((pair) =>
				play([...pair, ...rest], config).received.map(
					([name, flags = {}, options = {}]) => [
						name,
						flags,
						// Callbacks of two pages are never equal.
						JSON.stringify(options),
					]
				)
			);
			expect(before).toEqual(after);
			expect(before).toHaveLength(1);
		}),
		{ numRuns: 50 }
	);
}, 60_000);
