import type { HttpAnswer } from '../../edge/types.ts';
import type { Ask } from './ask.ts';
import { fail, pass, type Finding } from './finding.ts';
import { problemCode, stranger } from './stranger.ts';

/**
 * Asks as a browser does before a page of another origin may send its credential, for the site's
 * own origin and for each of ALLOWED_ORIGINS.
 */
export async function checkOrigins(base: string, origins: string[], ask: Ask): Promise<Finding> {
	const findings = await Promise.all(origins.map((origin) => checkOrigin(base, origin, ask)));
	return (
		findings.find(({ status }) => status === 'fail') ??
		pass(`Pages of ${list(origins)} may ask for tokens.`)
	);
}

async function checkOrigin(base: string, origin: string, ask: Ask): Promise<Finding> {
	const url = `${base}/token`;
	const outcome = await ask({
		method: 'OPTIONS',
		url,
		headers: {
			origin,
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'authorization',
		},
	});
	if (outcome.ok && problemCode(outcome) === 'origin_not_allowed') {
		return fail({
			message: `The deployed function does not let pages of ${origin} ask.`,
			next: 'Its SITE_URL differs from the one here, or its ALLOWED_ORIGINS lacks this origin: set them, and start it again.',
		});
	}
	const admitted = outcome.ok ? outcome.header('access-control-allow-origin') : null;
	if (!outcome.ok || outcome.status !== 204 || admitted !== origin) {
		return fail(
			outcome.ok && (outcome.status === 200 || outcome.status === 204)
				? foreignCors(admitted)
				: stranger(outcome, url)
		);
	}
	return pass('');
}

const foreignCors = (admitted: string | null) => ({
	message: admitted?.includes(',')
		? 'The answer to a preflight allows an origin twice: browsers refuse that.'
		: 'Something in front of the function answers preflights itself, or changes their headers.',
	next: 'Take the lines that add Access-Control headers for this path out of the web server or the CDN: the function adds them.',
});

/** Whether someone without a credential is refused by the function itself, and not from a cache. */
export async function checkRefusal(base: string, origin: string, ask: Ask): Promise<Finding> {
	const url = `${base}/token`;
	const outcome = await ask({ method: 'POST', url, headers: { origin } });
	if (!outcome.ok || problemCode(outcome) !== 'unauthenticated' || outcome.status !== 401) {
		return fail(
			outcome.ok && outcome.status === 200
				? {
						message: 'A request without any credential got an answer as if it had one.',
						next: `A cache in front answers for the function: exclude ${new URL(url).pathname} from it, and empty it.`,
					}
				: stranger(outcome, url)
		);
	}
	return isStorable(outcome)
		? fail({
				message: 'The answer to a request for a token may be stored: it lacks no-store.',
				next: 'A proxy or cache in front changes Cache-Control, or keeps the answers: exempt this path, or one visitor may get another’s token.',
			})
		: pass('Without a credential there is no token, and no cache in between.');
}

const isStorable = ({ header }: HttpAnswer) =>
	!/\bno-store\b/i.test(header('cache-control') ?? '') || Number(header('age')) > 0;

const list = (names: string[]) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');
