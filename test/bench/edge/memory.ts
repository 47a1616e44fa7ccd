import { row, type Part } from '../row.ts';
import { flatRow, slope } from './flat.ts';
import { createLoad } from './load.ts';
import { startProgram } from './process.ts';
import { bundlePrograms } from './programs.ts';
import { startVendor } from './stand-ins.ts';
import { API_KEY } from './throughput.ts';
import { createHmacSigner, signedVisit } from './visits.ts';

const REQUESTS = 1_000_000;
const IDENTITIES = 100_000;
/** By then every identity was there twice, and everything that is bounded is full. */
const WARM = 200_000;
const STEP = 10_000;

const SITE = 'https://site.example';
const SECRET = 'bench-secret-9f8e7d6c5b4a32100123456789';

/**
 * A million requests by 100,000 visitors, each credential new and each visitor back only after all
 * the others: everything that remembers is always full, and forgets all the time.
 */
export const memory: Part = {
	title: 'Token function: memory over a million requests',
	async run(_options, onProgress) {
		const programs = await bundlePrograms();
		const vendor = await startVendor();
		const env = {
			SITE_URL: SITE,
			ESPUTNIK_API_KEY: API_KEY,
			ESPUTNIK_API_URL: vendor.url,
			// The cheapest signature, so that the load can keep up.
			IDENTITY_SECRET: SECRET,
			RATE_LIMIT_PER_MINUTE: '100000',
		};
		const signer = createHmacSigner(SECRET);
		const program = await startProgram(programs.edge, env, '/app-inbox/health');
		const load = createLoad(program.origin, '/app-inbox/token');
		const sizes: number[] = [];
		const descriptors: number[] = [];
		try {
			for (let done = 0; done < REQUESTS; done += STEP) {
				await load.run(STEP, (at) =>
					signedVisit(SITE, signer, String((done + at) % IDENTITIES))
				);
				sizes.push(program.rssMegabytes());
				descriptors.push(program.descriptors().all);
				if (done % 50_000 === 0) {
					onProgress(`${done + STEP} requests, ${sizes.at(-1)!.toFixed(0)} MB`);
				}
			}
			await load.close();
		} finally {
			await program.stop();
			await vendor.close();
			await programs.remove();
		}
		const warm = WARM / STEP - 1;
		return [
			row({
				name: 'memory: RSS after 1,000,000 requests, beside 200,000',
				value: sizes.at(-1)!,
				unit: 'MB',
				baseline: sizes[warm]!,
			}),
			flatRow('memory: growth in the last quarter million', sizes),
			row({
				name: 'memory: slope per 100,000 requests, second half',
				value: slope(sizes) * (100_000 / STEP),
				unit: 'MB',
			}),
			row(
				{
					name: 'memory: file descriptors gained since 200,000',
					value:
						Math.max(...descriptors.slice(-10)) -
						Math.max(...descriptors.slice(warm - 9, warm + 1)),
					unit: '',
				},
				// A connection may be in the making at either moment.
				{ of: 'value', most: 8 }
			),
		];
	},
};
