/** One init, whatever comes in whatever order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snippet } from '../esputnik/page.ts';
import { MARKER, openPage, SCRIPT } from './page.ts';

const FOREIGN_INITS = [
	['init'],
	['init', { TRACKING: true, RECOMS: true }],
	['init', { NEW: 1 }, { language: 'ru', theme: 'dark' }],
];
type Event =
	| { type: 'ours' | 'vendor' | 'ready' }
	| { type: 'foreign'; command: unknown[] }
	| { type: 'other'; command: unknown[] };

/** Ours and the vendor's once each, the rest as often as it comes; all in any order. */
const events = fc
	.record({
		foreign: fc.array(fc.constantFrom(...FOREIGN_INITS), { maxLength: 3 }),
		others: fc.nat(4),
	})
	.chain(({ foreign, others }) => {
		const all: Event[] = [
			{ type: 'ours' },
			{ type: 'vendor' },
			{ type: 'ready' },
			...foreign.map((command) => ({ type: 'foreign' as const, command })),
			...Array.from({ length: others }, () => ({
				type: 'other' as const,
				command: ['sendEvent', 'PageView'],
			})),
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

/** Plays the events on a fresh page: what reached the vendor. */
function play(list: Event[], { member, consents, ...config }: Config) {
	const page = openPage({
		cookie: member ? MARKER : '',
		before: (window) =>
			Object.assign(window, consents === undefined ? {} : { wp_has_consent: () => consents }),
	});
	let received: unknown[][] = [];
	for (const event of list) {
		if (event.type === 'ours') {
			page.init(config);
		} else if (event.type === 'vendor') {
			received = page.loadVendor();
		} else if (event.type === 'ready') {
			page.ready();
		} else if ('command' in event) {
			// As on a real page: the snippet, which defines eS where it is not, before each call.
			page.run(snippet(SCRIPT));
			page.window.eS(...event.command);
		}
	}
	page.window.close();
	return { page, received };
}

/** What the one init says of ours, and when: the events at which eS becomes ours, and init is sent. */
function ours(list: Event[], { features, consent, member, consents }: Config) {
	const at = (type: Event['type']) => list.findIndex((event) => event.type === type);
	const { appInbox, recommendations, tracking } = features;
	const asks = consent !== 'none' && (recommendations || tracking);
	const allowed = !asks || consents !== false;
	const inbox = appInbox && member;
	const sentAt = asks ? Math.max(at('ours'), at('ready')) : at('ours');
	return {
		flags: {
			...(inbox && { APP_INBOX: true }),
			...(recommendations && allowed && { RECOMS: true }),
			...(tracking && allowed && { TRACKING: true }),
		},
		inbox,
		sentAt,
		placedAt: inbox ? at('ours') : sentAt,
		vendorAt: at('vendor'),
	};
}

const isInit = ([name]: unknown[]) => name === 'init';
const commandsOf = (list: Event[]) =>
	list.flatMap((event) => ('command' in event ? [event.command] : []));
const NO_FLAGS = { APP_INBOX: false, RECOMS: false, TRACKING: false };

it('exactly one init reaches the vendor, nothing else is lost or reordered', () => {
	let sent = 0;
	fc.assert(
		fc.property(events, configs, (list, config) => {
			const { page, received } = play(list, config);
			const all = commandsOf(list);
			expect(received.filter((command) => !isInit(command))).toEqual(
				all.filter((command) => !isInit(command))
			);
			const { flags, inbox, sentAt, placedAt, vendorAt } = ours(list, config);
			const inits = received.filter(isInit);
			const { state, init } = page.window.appInbox.status();
			if (Object.keys(flags).length === 0 || vendorAt < placedAt) {
				// Ours has nothing to say, or comes too late: all is as without us.
				expect(inits).toEqual(all.filter(isInit));
				expect(state).toBe(
					Object.keys(flags).length === 0 ? 'guest' : 'already-initialised'
				);
				expect(page.logged).toEqual([]);
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
			expect(page.logged).toHaveLength(all.filter(isInit).length - (foreign ? 1 : 0));
			if (sentAt < vendorAt) {
				// The vendor script expects its init before whatever else is queued.
				expect(isInit(received[0]!)).toBe(true);
			}
		}),
		{ numRuns: 200 }
	);
	// Often enough there was something to tell.
	expect(sent).toBeGreaterThan(20);
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
