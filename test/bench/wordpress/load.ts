import { IDENTITY_URL, KEYS_URL } from '../../../src/settings/frontend-config.ts';
import { startStack } from '../../stack/stack.ts';
import { row, type Part } from '../row.ts';
import { createRandom } from '../soak/random.ts';
import { crowdSeed, letCrowdIn } from './crowd.ts';
import { visitPages } from './visits.ts';

const VISITORS = 50;
const SECONDS = 30;

const ZERO = { of: 'value', most: 0 } as const;

/** Fifty visitors who are logged in, each as quick as a person, on everything that is real. */
export const load: Part = {
	title: 'WordPress: 50 logged-in visitors for 30 seconds, through nginx',
	async run({ seed }, onProgress) {
		const stack = await startStack({
			seed: crowdSeed(VISITORS),
			debug: false,
			onProgress,
		});
		try {
			onProgress(`logging ${VISITORS} visitors in`);
			const members = await letCrowdIn(stack, VISITORS);
			onProgress(`${SECONDS} seconds of visits`);
			const report = await visitPages(stack, members, SECONDS, createRandom(seed));
			report.errors.slice(0, 3).forEach((error) => onProgress(error));
			const requests = await stack.requests();
			const asked = (url: string) => requests.filter((line) => line.endsWith(url)).length;
			const tokens = [...report.firstTokens, ...report.nextTokens];
			const times = (what: string, values: number[]) =>
				[0.5, 0.99].map((share) =>
					row({
						name: `load: ${what}, p${share * 100}`,
						value: quantile(values, share),
						unit: 'ms',
					})
				);
			return [
				row({ name: 'load: pages', value: report.pages.length, unit: '' }),
				row({ name: 'load: tokens', value: tokens.length, unit: '' }),
				row({ name: 'load: errors', value: report.errors.length, unit: '' }, ZERO),
				row({ name: 'load: wrong-user tokens', value: report.wrongUser, unit: '' }, ZERO),
				row(
					{
						name: 'load: requests of WordPress per visitor’s first token',
						value: asked(IDENTITY_URL) / report.firstTokens.length,
						unit: '',
					},
					{ of: 'value', most: 1 }
				),
				row(
					{
						name: 'load: requests of WordPress for its keys',
						value: asked(KEYS_URL),
						unit: '',
					},
					{ of: 'value', most: 1 }
				),
				...times('a page', report.pages),
				...times('a token', tokens),
				...times('a visitor’s first token', report.firstTokens),
				...times('WordPress’s credential', report.credentials),
			];
		} finally {
			await stack.stop();
		}
	},
};

function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
