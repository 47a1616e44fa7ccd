import { median, row, type Part, type Row } from '../row.ts';
import { createRandom } from '../soak/random.ts';
import { startBench, type Arm, type Bench, type Cost, type Request } from './take.ts';

const KINDS: Record<string, Request> = {
	'front page, guest': { path: '/', status: 200 },
	'front page, logged in': { path: '/', status: 200, member: true },
	'REST request': { path: '/wp-json/wp/v2/posts', status: 200 },
	'ajax request': {
		path: '/wp-admin/admin-ajax.php',
		form: { action: 'heartbeat' },
		status: 200,
	},
	cron: { path: '/wp-cron.php', status: 200 },
};

/** Each kind of request goes on until it is sure; beside other work it may never be. */
const ROUNDS = { least: 150, most: 1500, step: 50 };
/** Milliseconds; what is looked for are 0.3. */
const SURE = 0.05;
/** For opcache and the database; not counted. */
const WARM_UP = 10;

/**
 * Milliseconds for a request that is not the plugin's: WordPress reads the files of each active
 * plugin, and has to be told what the plugin listens to.
 */
const NEXT_TO_NOTHING = 0.15;

/** What the machine does beside hits both alike, also where it grows or falls; by turns. */
const ORDERS: Arm[][] = [
	['with', 'without', 'without', 'with'],
	['without', 'with', 'with', 'without'],
];

/**
 * What the plugin costs a request inside PHP, beside the same site without it. What counts is the
 * median of the rounds' differences.
 */
export const cost: Part = {
	title: 'WordPress: the plugin’s cost on nginx, PHP-FPM and MariaDB',
	async run({ seed }, onProgress) {
		const random = createRandom(seed);
		const bench = await startBench(onProgress);
		const taken = Object.entries(KINDS).map(([name, request]) => ({
			name,
			request,
			rounds: [] as Round[],
		}));
		const takeRounds = async (count: number, kinds: typeof taken) => {
			for (let round = 0; round < count; round++) {
				for (const { request, rounds } of kinds) {
					rounds.push(await takeRound(bench, request, ORDERS[round % 2]!));
				}
			}
		};
		const isUnsure = ({ rounds }: (typeof taken)[number]) =>
			halfInterval(more(rounds, 'processor'), random) > SURE;
		try {
			await takeRounds(WARM_UP, taken);
			taken.forEach(({ rounds }) => (rounds.length = 0));
			let unsure = taken;
			let done = 0;
			while (unsure.length && done < ROUNDS.most) {
				await takeRounds(ROUNDS.step, unsure);
				done += ROUNDS.step;
				onProgress(`${done} rounds`);
				if (done >= ROUNDS.least) {
					unsure = unsure.filter(isUnsure);
				}
			}
			return taken.flatMap(({ name, rounds }) => costRows(name, rounds, random));
		} finally {
			await bench.stop();
		}
	},
};

/** What a request costs without the plugin, and what it costs more with it. */
interface Round {
	without: Cost;
	more: Cost;
}

async function takeRound(bench: Bench, request: Request, order: Arm[]): Promise<Round> {
	const costs: Record<Arm, Cost[]> = { with: [], without: [] };
	for (const arm of order) {
		costs[arm].push(await bench.take(arm, request));
	}
	const mean = (arm: Arm, name: keyof Cost) =>
		costs[arm].reduce((sum, taken) => sum + taken[name], 0) / costs[arm].length;
	const each = (figure: (name: keyof Cost) => number): Cost => ({
		processor: figure('processor'),
		clock: figure('clock'),
		queries: figure('queries'),
		memory: figure('memory'),
	});
	return {
		without: each((name) => mean('without', name)),
		more: each((name) => mean('with', name) - mean('without', name)),
	};
}

const more = (rounds: Round[], name: keyof Cost) => rounds.map((round) => round.more[name]);

function costRows(kind: string, rounds: Round[], random: () => number): Row[] {
	const front = kind.startsWith('front page');
	const figures = (name: keyof Cost, per = 1) => ({
		value: median(more(rounds, name)) / per,
		baseline: median(rounds.map(({ without }) => without[name])) / per,
	});
	const name = (what: string) => `WordPress, ${kind}: ${what}`;
	return [
		row({ name: name('queries'), unit: '', ...figures('queries') }, { of: 'value', most: 0 }),
		row(
			{ name: name('PHP time'), unit: 'ms', ...figures('processor') },
			{ of: 'value', most: front ? 0.3 : NEXT_TO_NOTHING }
		),
		row({
			name: name('PHP time, 95 % within ±'),
			value: halfInterval(more(rounds, 'processor'), random),
			unit: 'ms',
		}),
		row({ name: name('by the clock'), unit: 'ms', ...figures('clock') }),
		row({
			name: name('by the clock, 95 % within ±'),
			value: halfInterval(more(rounds, 'clock'), random),
			unit: 'ms',
		}),
		row(
			{ name: name('memory'), unit: 'KiB', ...figures('memory', 1024) },
			{ of: 'value', most: 64 }
		),
	];
}

/** Half of the width of the median's 95 % interval, by bootstrap. */
function halfInterval(values: number[], random: () => number): number {
	const medians = Array.from({ length: 1000 }, () =>
		median(values.map(() => values[Math.floor(random() * values.length)]!))
	).sort((a, b) => a - b);
	return (medians[974]! - medians[25]!) / 2;
}
