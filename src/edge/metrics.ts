import { createRegistry } from './prometheus.ts';

export type Metrics = ReturnType<typeof createMetrics>;

const GAUGES = {
	breaker_open: '1 while eSputnik is left alone.',
	remembered_jwts: 'Signed credentials whose visitor is remembered.',
	counted_identities: 'Identities with a count of tokens.',
	counted_addresses: 'Addresses with a count of refused credentials.',
	limits_shared: '1 while limits are counted together with other processes.',
};

/**
 * What `GET /metrics` tells, of this process since its start. Labels hold our own words only; there
 * is never anything of a visitor in them.
 */
export function createMetrics(version: string) {
	const { counter, histogram, gauge, text } = createRegistry('app_inbox_');
	counter('info', 'The release that is running.', ['version'])({ version });
	return {
		requests: counter('requests_total', 'Answered requests.', ['route', 'outcome', 'status']),
		requestTime: histogram('request_seconds', 'From a request to its answer.', ['route']),
		vendorTime: histogram('vendor_seconds', 'Each attempt to ask eSputnik.', ['result']),
		/** `remembered` cost nobody a question or a signature check. */
		credentials: counter('credentials_total', 'Credentials that were shown.', ['result']),
		limited: counter('limited_total', 'Requests over a limit.', ['by']),
		breakerOpenings: counter(
			'breaker_openings_total',
			'Times that eSputnik was left alone.',
			[]
		),
		/** A value that is read when somebody asks. */
		gauge: (name: keyof typeof GAUGES, read: () => number) => gauge(name, GAUGES[name], read),
		text,
	};
}
