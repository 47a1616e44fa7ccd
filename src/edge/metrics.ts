import { createRegistry, type Count, type Observe } from './prometheus.ts';

/**
 * What `GET /metrics` tells, of this process since its start. Labels hold our own words only; there
 * is never anything of a visitor in them.
 */
export interface Metrics {
	requests: Count<'route' | 'outcome' | 'status'>;
	requestTime: Observe<'route'>;
	/** One for each attempt to ask eSputnik, by what came of it. */
	vendorTime: Observe<'result'>;
	/** What became of each credential: `remembered` cost nobody a question or a signature check. */
	credentials: Count<'result'>;
	limited: Count<'by'>;
	breakerOpenings: Count<never>;
	/** A value that is read when somebody asks. */
	gauge: (name: GaugeName, read: () => number) => void;
	text: () => string;
}

const GAUGES = {
	breaker_open: '1 while eSputnik is left alone.',
	remembered_jwts: 'Signed credentials whose visitor is remembered.',
	counted_identities: 'Identities with a count of tokens.',
	counted_addresses: 'Addresses with a count of refused credentials.',
	limits_shared: '1 while limits are counted together with other processes.',
} as const;

type GaugeName = keyof typeof GAUGES;

export function createMetrics(version: string): Metrics {
	const { counter, histogram, gauge, text } = createRegistry();
	const info = counter('app_inbox_info', 'The release that is running.', ['version']);
	info({ version });
	return {
		requests: counter('app_inbox_requests_total', 'Answered requests.', [
			'route',
			'outcome',
			'status',
		]),
		requestTime: histogram('app_inbox_request_seconds', 'From a request to its answer.', [
			'route',
		]),
		vendorTime: histogram('app_inbox_vendor_seconds', 'Each attempt to ask eSputnik.', [
			'result',
		]),
		credentials: counter('app_inbox_credentials_total', 'Credentials that were shown.', [
			'result',
		]),
		limited: counter('app_inbox_limited_total', 'Requests over a limit.', ['by']),
		breakerOpenings: counter(
			'app_inbox_breaker_openings_total',
			'Times that eSputnik was left alone.',
			[]
		),
		gauge: (name, read) => gauge(`app_inbox_${name}`, GAUGES[name], read),
		text,
	};
}
