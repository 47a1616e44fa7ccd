import * as z from 'zod/mini';
import { parseJson } from '../../edge/http.ts';
import type { Ask } from './ask.ts';
import { fail, pass, type Finding } from './finding.ts';
import { stranger } from './stranger.ts';

const healthSchema = z.object({
	status: z.literal('ok'),
	version: z.string().check(z.regex(/^[\w.+-]{1,40}$/)),
});

/**
 * Whether our function answers there, in this program's version.
 *
 * @param base The endpoint without `/token`.
 */
export async function checkEndpoint(
	base: string,
	ask: Ask,
	version: string
): Promise<{ finding: Finding; ours: boolean }> {
	const url = `${base}/health`;
	const outcome = await ask({ method: 'GET', url });
	const health = healthSchema.safeParse(outcome.ok ? parseJson(outcome.body) : undefined);
	if (!outcome.ok || outcome.status !== 200 || !health.success) {
		return { ours: false, finding: fail(stranger(outcome, url)) };
	}
	const deployed = health.data.version;
	return {
		ours: true,
		finding:
			deployed === version
				? pass(`The token function ${deployed} answers at ${base}.`)
				: fail({
						message: `The token function at ${base} is version ${deployed}, and this program ${version}.`,
						next: `Deploy the function of ${version} again, or check with the program of ${deployed}.`,
					}),
	};
}

/** Whether the front end is served as a script that browsers can keep. */
export async function checkLoader(base: string, ask: Ask): Promise<Finding> {
	const url = `${base}/loader.js`;
	const outcome = await ask({ method: 'GET', url });
	if (!outcome.ok || outcome.status !== 200) {
		return fail(stranger(outcome, url));
	}
	const type = outcome.header('content-type') ?? '';
	if (!/^(text|application)\/javascript\b/i.test(type) || outcome.body === '') {
		return fail({
			message: `${url} is no script: browsers will not run it.`,
			next: 'Something in front of the function answers instead of it, or changes its Content-Type: exempt this address.',
		});
	}
	return outcome.header('etag')
		? pass('The front end is served as a script, with an ETag.')
		: fail({
				message: `${url} comes without the function’s ETag: browsers load all of it every day.`,
				next: 'A proxy in front takes the ETag away, often because it compresses or changes scripts: exempt this address.',
			});
}
