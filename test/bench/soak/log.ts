import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { API_KEY, AUTHORIZATION } from './servers.ts';

export interface LogReport {
	/** How often each event stands there. */
	events: Map<string, number>;
	/** Lines with something that must never be logged, or that are none of ours. */
	secrets: number;
	foreign: number;
}

/**
 * What all secrets of the soak have in common: e-mails, cookies and bad credentials contain
 * "canary", JWTs begin with `{"`, tokens with "tok_".
 */
const SECRETS = [API_KEY, AUTHORIZATION.slice('Basic '.length), 'canary', 'eyJ', 'tok_'];

/** Reads the log of the whole soak, standard error included. */
export async function readLog(file: string): Promise<LogReport> {
	const report: LogReport = { events: new Map(), secrets: 0, foreign: 0 };
	for await (const line of createInterface({ input: createReadStream(file) })) {
		if (SECRETS.some((secret) => line.includes(secret))) {
			report.secrets++;
		}
		const event = /^\{"time":"[^"]+","level":"\w+","event":"(\w+)"/.exec(line)?.[1];
		if (event === undefined) {
			report.foreign++;
		} else {
			report.events.set(event, (report.events.get(event) ?? 0) + 1);
		}
	}
	return report;
}
