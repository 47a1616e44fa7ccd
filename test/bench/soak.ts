import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flatRow } from './edge/flat.ts';
import { startProgram, type Program } from './edge/process.ts';
import { bundlePrograms } from './edge/programs.ts';
import { row, type Part, type Row } from './row.ts';
import { readLog, type LogReport } from './soak/log.ts';
import { createRandom } from './soak/random.ts';
import { API_KEY, startSite, startVendor } from './soak/servers.ts';
import { stopUnderLoad, type StopReport } from './soak/stop.ts';
import { createTally, type Tally } from './soak/tally.ts';
import { letVisitorsIn } from './soak/visitors.ts';
import { startWeather } from './soak/weather.ts';

/** The breaker's 30 seconds, an attempt that began before the vendor's return (3), and a little. */
const RECOVERY_SECONDS = 34;
/** Connections to servers are kept for some seconds after their last use. */
const IDLE_MS = 20_000;
/** Below this the compilers and the heap are still growing into their size. */
const FLAT_MINUTES = 5;

/**
 * Minutes of visitors of every kind, while the vendor and WordPress are out of order by turns. Each
 * token is made of the identifiers that it was asked by, so a wrong user's shows at once.
 */
export const soak: Part = {
	title: 'Token function: soak with faults',
	async run({ soakMinutes, seed }, onProgress) {
		const random = createRandom(seed);
		const programs = await bundlePrograms();
		const [vendor, site] = await Promise.all([startVendor(createRandom(seed)), startSite()]);
		const log = join(programs.folder, 'soak.log');
		const env = {
			SITE_URL: site.url,
			ESPUTNIK_API_KEY: API_KEY,
			ESPUTNIK_API_URL: vendor.url,
			// Good visitors are never limited: a 429 for one of them is a fault.
			RATE_LIMIT_PER_MINUTE: '10000',
			// As behind nginx, so that each visitor has an address.
			TRUSTED_PROXIES: '1',
			LOG_LEVEL: 'debug',
		};
		const program = await startProgram(programs.edge, env, '/app-inbox/health', log);
		try {
			const idle = program.descriptors();
			const tally = createTally();
			const sizes: number[] = [];
			const weather = startWeather(vendor, site, random, soakMinutes * 60_000);
			const begun = Date.now();
			const watch = setInterval(() => {
				// The stand-ins note all that they are asked, which nobody reads here.
				vendor.requests.length = 0;
				site.requests.length = 0;
				sizes.push(program.rssMegabytes());
				if (sizes.length % 10 === 0) {
					const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
					const answers = total(tally);
					onProgress(`${minutes} min, ${answers} answers; ${weather.now()}`);
				}
			}, 1000);
			const scene = { origin: program.origin, site, weather, tally, random, restMs: 1500 };
			const visitors = await letVisitorsIn(scene);
			// A server that has gone takes no more load, and its log says why.
			await Promise.race([weather.over, program.ended]);
			await visitors.leave();
			clearInterval(watch);
			onProgress('waiting for idle connections to close');
			const left = await leftOver(program, idle);
			onProgress('SIGTERM under load');
			const stopped = await stopUnderLoad(program, site, vendor);
			const logged = await readLog(log);
			tally.notes.forEach((note) => onProgress(note));
			return [
				...tallyRows(tally),
				...recoveryRows(weather.recoveries, logged),
				row({ name: 'soak: file descriptors left open', value: left.all, unit: '' }, ZERO),
				row({ name: 'soak: sockets left open', value: left.sockets, unit: '' }, ZERO),
				flatRow(
					'soak: memory growth in the last quarter',
					sizes,
					soakMinutes >= FLAT_MINUTES
				),
				row(
					{ name: 'soak: log lines with a secret', value: logged.secrets, unit: '' },
					ZERO
				),
				row(
					{ name: 'soak: output that is no log line', value: logged.foreign, unit: '' },
					ZERO
				),
				...stopRows(stopped),
			];
		} finally {
			await program.stop();
			await Promise.all([vendor.close(), site.close()]);
			await programs.remove();
		}
	},
};

const ZERO = { of: 'value', most: 0 } as const;

const total = ({ outcomes }: Tally) => [...outcomes.values()].reduce((sum, n) => sum + n, 0);

/** How many more are open than before the first request, as soon as they are none, or in the end. */
async function leftOver(program: Program, idle: ReturnType<Program['descriptors']>) {
	const end = Date.now() + IDLE_MS;
	for (;;) {
		const { all, sockets } = program.descriptors();
		const left = { all: all - idle.all, sockets: sockets - idle.sockets };
		if ((left.all <= 0 && left.sockets <= 0) || Date.now() > end) {
			return left;
		}
		await sleep(500);
	}
}

function tallyRows(tally: Tally): Row[] {
	const none = (name: string, value: number) =>
		row({ name: `soak: ${name}`, value, unit: '' }, ZERO);
	return [
		row({ name: 'soak: answers', value: total(tally), unit: '' }),
		...[...tally.outcomes]
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([outcome, value]) => row({ name: `soak: ${outcome}`, value, unit: '' })),
		row({ name: 'soak: left by an impatient client', value: tally.aborted, unit: '' }),
		none('wrong-user tokens', tally.wrongUser),
		none('tokens for bad credentials', tally.admitted),
		none('tokens for expired credentials', tally.expired),
		none('lost requests', tally.lost),
		none('unexpected statuses', tally.unexpected),
		none('refusals and failures without a cause', tally.inexcusable),
	];
}

function recoveryRows(
	recoveries: Array<{ fault: string; seconds: number }>,
	{ events }: LogReport
): Row[] {
	const slowest = Math.max(...recoveries.map(({ seconds }) => seconds));
	return [
		row({
			name: 'soak: openings of the breaker',
			value: events.get('breaker_opened') ?? 0,
			unit: '',
		}),
		...recoveries.map(({ fault, seconds }) =>
			row({ name: `soak: first token after “${fault}”`, value: seconds, unit: 's' })
		),
		// Without any there was no return, or nothing good after it: no row is no excuse.
		row(
			{
				name: 'soak: slowest first token after a return',
				value: recoveries.length > 0 ? slowest : Infinity,
				unit: 's',
			},
			{ of: 'value', most: RECOVERY_SECONDS }
		),
	];
}

const stopRows = ({ accepted, unanswered, code, seconds }: StopReport): Row[] => [
	row(
		{ name: 'SIGTERM: requests under way', value: accepted, unit: '' },
		{ of: 'value', least: 1 }
	),
	row({ name: 'SIGTERM: of these, unanswered', value: unanswered, unit: '' }, ZERO),
	row({ name: 'SIGTERM: exit code', value: code ?? NaN, unit: '' }, ZERO),
	row(
		{ name: 'SIGTERM: until the process has gone', value: seconds, unit: 's' },
		{ of: 'value', most: 11 }
	),
];
