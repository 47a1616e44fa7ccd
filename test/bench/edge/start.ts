import { median, row, type Part } from '../row.ts';
import { createLoad } from './load.ts';
import { startProgram } from './process.ts';
import { bundlePrograms } from './programs.ts';
import { startVendor, startWordPress } from './stand-ins.ts';
import { API_KEY } from './throughput.ts';
import { createEdDsaSigner, signedVisit, type Signer } from './visits.ts';

const ROUNDS = 21;

/**
 * From spawning a process to its first answer, by turns; and to the first token, for which the token
 * function has to fetch WordPress's keys, beside the bare proxy's.
 */
export const start: Part = {
	title: 'Token function: start beside bare node:http',
	async run(_options, onProgress) {
		const programs = await bundlePrograms();
		const { signer, jwk } = createEdDsaSigner('bench');
		const [vendor, wordpress] = await Promise.all([startVendor(), startWordPress([jwk])]);
		const subjects = [
			{ file: programs.bareHttp, env: {}, health: '/', token: null },
			{
				file: programs.bareProxy,
				env: { VENDOR: vendor.url, API_KEY },
				health: '/',
				token: '/token',
			},
			{
				file: programs.edge,
				env: {
					SITE_URL: wordpress.url,
					ESPUTNIK_API_KEY: API_KEY,
					ESPUTNIK_API_URL: vendor.url,
				},
				health: '/app-inbox/health',
				token: '/app-inbox/token',
			},
		];
		const results = subjects.map(() => ({ answer: [] as number[], token: [] as number[] }));
		try {
			// The first round fills the system's file cache, and is not counted.
			for (let round = 0; round <= ROUNDS; round++) {
				if (round % 7 === 0) {
					onProgress(`round ${round} of ${ROUNDS}`);
				}
				for (const [index, { file, env, health, token }] of subjects.entries()) {
					const program = await startProgram(file, env, health);
					const tokenMs = token
						? await firstToken(program.origin, token, wordpress.url, signer)
						: 0;
					await program.stop();
					if (round > 0) {
						results[index]!.answer.push(program.firstAnswerMs);
						results[index]!.token.push(program.firstAnswerMs + tokenMs);
					}
				}
			}
		} finally {
			await Promise.all([vendor.close(), wordpress.close()]);
			await programs.remove();
		}
		const [bareHttp, bareProxy, edge] = results.map(({ answer, token }) => ({
			answer: median(answer),
			token: median(token),
		}));
		return [
			row(
				{
					name: 'start: first answer',
					value: edge!.answer,
					unit: 'ms',
					baseline: bareHttp!.answer,
				},
				{ of: 'ratio', most: 1.9 }
			),
			row({
				name: 'start: first token, keys fetched',
				value: edge!.token,
				unit: 'ms',
				baseline: bareProxy!.token,
			}),
		];
	},
};

async function firstToken(
	origin: string,
	path: string,
	site: string,
	signer: Signer
): Promise<number> {
	const load = createLoad(origin, path);
	const seconds = await load.run(1, () => signedVisit(site, signer, '1'));
	await load.close();
	return seconds * 1000;
}
