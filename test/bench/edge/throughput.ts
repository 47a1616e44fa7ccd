import { join } from 'node:path';
import { median, row, type Part, type Row } from '../row.ts';
import { createLoad, type Load, type Visit } from './load.ts';
import { startProgram, type Program } from './process.ts';
import { bundlePrograms } from './programs.ts';
import { startVendor, startWordPress } from './stand-ins.ts';
import { createEdDsaSigner, createHmacSigner, signedVisit } from './visits.ts';

export const API_KEY = 'bench-key-9f8e7d6c5b4a3210';
const SECRET = 'bench-secret-9f8e7d6c5b4a32100123456789';
const BASE_PATH = '/app-inbox';

/** Many short takes: what else the machine does then hits both sides of a pair alike. */
const ROUNDS = 25;
/** For the compilers of all of them; not counted. */
const WARM_UP = 5;
const VISITS = 2000;
/** Who comes again and again; few enough to be remembered, many enough that none is limited. */
const REGULARS = 500;

interface Workload {
	name: string;
	/** Which of the servers: as WordPress owners run it, with a quiet log, or with a shared secret. */
	server: 'plain' | 'quiet' | 'secret';
	/** The bare proxy, the same with a check of the signature (the limit of what is new), or hono's. */
	beside: 'bare' | 'bareEdDsa' | 'bareHmac' | 'hono';
	/** The visits of a round, made before it is measured, and whether the server has seen them. */
	visits: () => { visits: Visit[]; seen: boolean };
	/** The least ratio; none: for information. */
	budget?: number;
}

/**
 * Requests per second of the server's own CPU time, which other work on the machine disturbs least.
 * Each workload is measured right after its baseline in every round; what counts is the median of
 * the rounds' ratios.
 */
export const throughput: Part = {
	title: 'Token function: throughput beside a bare proxy and hono',
	async run(_options, onProgress) {
		const programs = await bundlePrograms();
		const { signer, jwk } = createEdDsaSigner('bench');
		const hmac = createHmacSigner(SECRET);
		const [vendor, wordpress] = await Promise.all([startVendor(), startWordPress([jwk])]);
		const site = wordpress.url;
		const started: Program[] = [];
		const start = async (
			file: string,
			env: Record<string, string>,
			path: string,
			log: string
		) => {
			const program = await startProgram(file, env, path, join(programs.folder, log));
			started.push(program);
			return program;
		};
		const startEdge = async (server: Workload['server'], more: Record<string, string>) => {
			const env = {
				SITE_URL: site,
				ESPUTNIK_API_KEY: API_KEY,
				ESPUTNIK_API_URL: vendor.url,
				RATE_LIMIT_PER_MINUTE: '100000',
				...more,
			};
			const health = `${BASE_PATH}/health`;
			const program = await start(programs.edge, env, health, `${server}.log`);
			return measure(program, `${BASE_PATH}/token`);
		};
		try {
			const startOther = async (name: string, file: string, more = {}) => {
				const env = { VENDOR: vendor.url, API_KEY, ...more };
				return measure(await start(file, env, '/', `${name}.log`), '/token');
			};
			const publicKey = { PUBLIC_KEY: JSON.stringify(jwk) };
			const baselines = {
				bare: await startOther('bare', programs.bareProxy),
				bareEdDsa: await startOther('bare-eddsa', programs.bareProxy, publicKey),
				bareHmac: await startOther('bare-hmac', programs.bareProxy, { SECRET }),
				hono: await startOther('hono', programs.honoProxy, { SITE: site, ...publicKey }),
			};
			const edge = {
				plain: await startEdge('plain', {}),
				quiet: await startEdge('quiet', { LOG_LEVEL: 'warn' }),
				secret: await startEdge('secret', { IDENTITY_SECRET: SECRET }),
			};
			const workloads = createWorkloads(
				(id) => signedVisit(site, signer, id),
				(id) => signedVisit(site, hmac, id)
			);
			const results = workloads.map((): Round[] => []);
			for (let round = 1 - WARM_UP; round <= ROUNDS; round++) {
				if (round % 5 === 0) {
					onProgress(`round ${round} of ${ROUNDS}`);
				}
				for (const [index, { server, beside, visits: prepare }] of workloads.entries()) {
					const { visits, seen } = prepare();
					if (seen) {
						// A second look is what is measured.
						await edge[server].load.run(REGULARS, (at) => visits[at]!);
					}
					const baseline = await baselines[beside].take(visits);
					const value = await edge[server].take(visits);
					if (round > 0) {
						results[index]!.push({ baseline, value });
					}
				}
			}
			await Promise.all(
				[...Object.values(baselines), ...Object.values(edge)].map(({ load }) =>
					load.close()
				)
			);
			return workloads.flatMap((workload, index) => toRows(workload, results[index]!));
		} finally {
			await Promise.all(started.map(({ stop }) => stop()));
			await Promise.all([vendor.close(), wordpress.close()]);
			await programs.remove();
		}
	},
};

function createWorkloads(signed: (id: string) => Visit, secret: (id: string) => Visit): Workload[] {
	const regulars = (make: (id: string) => Visit) => {
		let visits: Visit[] = [];
		let made = 0;
		return () => {
			// Well within the ten minutes that a JWT lives.
			if (Date.now() - made > 5 * 60_000) {
				made = Date.now();
				const each = Array.from({ length: REGULARS }, (_, id) => make(String(id + 1)));
				visits = Array.from({ length: VISITS }, (_, at) => each[at % REGULARS]!);
			}
			return { visits, seen: true };
		};
	};
	const newcomers = (make: (id: string) => Visit) => () => ({
		visits: Array.from({ length: VISITS }, (_, id) => make(String((id % REGULARS) + 1))),
		seen: false,
	});
	return [
		{
			name: 'seen before',
			server: 'plain',
			beside: 'bare',
			visits: regulars(signed),
			budget: 0.5,
		},
		{
			name: 'each JWT new, EdDSA, beside the bare proxy with the check',
			server: 'plain',
			beside: 'bareEdDsa',
			visits: newcomers(signed),
			budget: 0.6,
		},
		{
			name: 'each JWT new, HS256, beside the bare proxy with the check',
			server: 'secret',
			beside: 'bareHmac',
			visits: newcomers(secret),
			budget: 0.6,
		},
		{
			name: 'seen before, beside hono',
			server: 'plain',
			beside: 'hono',
			visits: regulars(signed),
			budget: 3,
		},
		{
			name: 'each JWT new, EdDSA, beside hono',
			server: 'plain',
			beside: 'hono',
			visits: newcomers(signed),
		},
		{
			name: 'seen before, LOG_LEVEL=warn',
			server: 'quiet',
			beside: 'bare',
			visits: regulars(signed),
		},
	];
}

interface Take {
	perCpuSecond: number;
	perSecond: number;
	p50: number;
	p99: number;
}
interface Round {
	baseline: Take;
	value: Take;
}

function measure(program: Program, path: string) {
	const load: Load = createLoad(program.origin, path);
	return {
		load,
		async take(visits: Visit[]): Promise<Take> {
			load.latencies.reset();
			const before = program.cpuSeconds();
			const seconds = await load.run(visits.length, (at) => visits[at]!);
			return {
				perCpuSecond: visits.length / (program.cpuSeconds() - before),
				perSecond: visits.length / seconds,
				p50: load.latencies.percentile(50) / 1000,
				p99: load.latencies.percentile(99) / 1000,
			};
		},
	};
}

function toRows({ name, budget }: Workload, rounds: Round[]): Row[] {
	const compare = (key: keyof Take, unit: string, least?: number) =>
		row(
			{
				name: `${name}: ${LABELS[key]}`,
				value: median(rounds.map(({ value }) => value[key])),
				unit,
				baseline: median(rounds.map(({ baseline }) => baseline[key])),
				ratio: median(rounds.map(({ value, baseline }) => value[key] / baseline[key])),
			},
			least === undefined ? undefined : { of: 'ratio', least }
		);
	return [
		compare('perCpuSecond', 'req/CPU s', budget),
		compare('perSecond', 'req/s'),
		compare('p50', 'ms'),
		compare('p99', 'ms'),
	];
}

const LABELS: Record<keyof Take, string> = {
	perCpuSecond: 'throughput of one core',
	perSecond: 'throughput',
	p50: 'half of the answers within',
	p99: '99 % of the answers within',
};
