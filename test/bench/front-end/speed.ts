import type { Browser } from 'playwright-core';
import { startEsputnik } from '../../esputnik/server.ts';
import { launchBrowser } from '../../site/browser.ts';
import { median, row, type Part, type Row } from '../row.ts';
import type { Kind } from './pages.ts';
import { startShop, type Shop } from './shop.ts';
import { openTab, type Cost } from './tab.ts';

/** Short takes by turns: what else the machine does then hits all of them alike. */
const ROUNDS = 72;
/** For the caches of the browser and the system; not counted. */
const WARM_UP = 3;

/** A member's first page in a tab, for which nothing is kept, the next page, and a guest's. */
type Round = Record<Kind, { first?: Cost; next?: Cost; guest?: Cost }>;

/**
 * One page in a real browser, without a snippet, with the vendor's and a token callback written by
 * hand, and with ours, in each round. What counts is the median of the rounds' ratios.
 */
export const speed: Part = {
	title: 'Front end: a page in a browser beside the hand-pasted snippet',
	async run(_options, onProgress) {
		const esputnik = await startEsputnik();
		const shop = await startShop(esputnik);
		const browser = await launchBrowser();
		try {
			const rounds: Round[] = [];
			for (let round = 1 - WARM_UP; round <= ROUNDS; round++) {
				if (round % 12 === 0) {
					onProgress(`round ${round} of ${ROUNDS}`);
				}
				const taken = await takeRound(browser, shop, round + WARM_UP);
				if (round > 0) {
					rounds.push(taken);
				}
			}
			onProgress('layout shift');
			return [...speedRows(rounds), ...(await shiftRows(browser, shop))];
		} finally {
			await browser.close();
			await Promise.all([shop.stop(), esputnik.stop()]);
		}
	},
};

/** Each visit of a kind by turns behind each of the others, whose ending it may still feel. */
const ORDERS: Kind[][] = [
	['none', 'pasted', 'ours'],
	['ours', 'pasted', 'none'],
	['pasted', 'none', 'ours'],
	['ours', 'none', 'pasted'],
	['none', 'ours', 'pasted'],
	['pasted', 'ours', 'none'],
];

async function takeRound(browser: Browser, shop: Shop, turn: number): Promise<Round> {
	const order = ORDERS[turn % ORDERS.length]!;
	const round: Round = { none: {}, pasted: {}, ours: {} };
	for (const kind of order) {
		const tab = await openTab(browser, shop, true);
		round[kind].first = await tab.open(kind);
		if (kind !== 'none') {
			round[kind].next = await tab.open(kind);
		}
		await tab.close();
	}
	// A programmer pastes nothing into a guest's page.
	for (const kind of order.filter((each) => each !== 'pasted')) {
		const tab = await openTab(browser, shop, false);
		round[kind].guest = await tab.open(kind);
		await tab.close();
	}
	return round;
}

const ZERO = { of: 'value', most: 0 } as const;
const LITTLE_MORE = { of: 'ratio', most: 1.1 } as const;

function speedRows(rounds: Round[]): Row[] {
	type Measure = [visit: keyof Round[Kind], of: keyof Cost];
	const values = (kind: Kind, [visit, of]: Measure) =>
		rounds.map((round) => round[kind][visit]![of]);
	const beside = (
		other: Kind,
		name: string,
		unit: string,
		measure: Measure,
		budget?: Parameters<typeof row>[1]
	) => {
		const ours = values('ours', measure);
		const baselines = values(other, measure);
		return row(
			{
				name: `front end: ${name}`,
				value: median(ours),
				unit,
				baseline: median(baselines),
				ratio: median(ours.map((value, index) => value / baselines[index]!)),
			},
			budget
		);
	};
	/** The most that any round had. */
	const extra = (name: string, measure: Measure) => {
		const without = values('none', measure);
		const most = Math.max(
			...values('ours', measure).map((value, index) => value - without[index]!)
		);
		return row({ name: `front end: ${name}`, value: most, unit: '' }, ZERO);
	};
	return [
		beside('pasted', 'navigation to init, first page', 'ms', ['first', 'init'], LITTLE_MORE),
		beside('pasted', 'navigation to init, next page', 'ms', ['next', 'init'], LITTLE_MORE),
		beside('pasted', 'navigation to the bell, first page', 'ms', ['first', 'bell']),
		beside('pasted', 'navigation to the bell, next page', 'ms', ['next', 'bell']),
		beside('pasted', 'main thread of a member’s page', 'ms', ['first', 'mainThread']),
		beside('none', 'main thread of a member’s page, beside none', 'ms', [
			'first',
			'mainThread',
		]),
		beside('none', 'main thread of a guest’s page, beside none', 'ms', ['guest', 'mainThread']),
		beside('pasted', 'scripts of a member’s page', 'ms', ['first', 'scripts']),
		beside('none', 'scripts of a guest’s page, beside none', 'ms', ['guest', 'scripts']),
		beside('none', 'navigation to parsed, guest, beside none', 'ms', ['guest', 'parsed']),
		beside('pasted', 'requests to the site, first page', '', ['first', 'ownRequests']),
		beside('pasted', 'requests to the site, next page', '', ['next', 'ownRequests']),
		beside('pasted', 'requests to eSputnik, first page', '', ['first', 'foreignRequests']),
		extra('requests to others for a guest', ['guest', 'foreignRequests']),
		extra('more requests to the site for a guest', ['guest', 'ownRequests']),
	];
}

async function shiftRows(browser: Browser, shop: Shop): Promise<Row[]> {
	const shiftOf = async (kind: Kind, reserved: boolean) => {
		shop.setReserved(reserved);
		const tab = await openTab(browser, shop, true);
		const shift = await tab.shiftByBell(kind);
		await tab.close();
		return shift;
	};
	return [
		row(
			{
				name: 'front end: layout shift by the bell, place reserved',
				value: await shiftOf('ours', true),
				unit: '',
			},
			ZERO
		),
		// That the one above is none is worth something only where this one is some.
		row({
			name: 'front end: layout shift by the bell, place not reserved',
			value: await shiftOf('ours', false),
			unit: '',
			baseline: await shiftOf('pasted', false),
		}),
	];
}
