import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Program } from '../edge/process.ts';
import { createPerson, type Site, type Vendor } from './servers.ts';

export interface StopReport {
	/** Under way for long enough that the server has them, when it was told to stop. */
	accepted: number;
	/** Of these, never answered. */
	unanswered: number;
	code: number | null;
	seconds: number;
}

const IN_FLIGHT = 100;
/** What was sent longer ago than this, on an open connection, the server has read. */
const READ_MS = 100;

/**
 * SIGTERM under load. The vendor takes a moment, so that many requests are under way. What is sent at
 * the same moment or later may be cut off: no server can help that on a connection that it closes.
 */
export async function stopUnderLoad(
	program: Program,
	site: Site,
	vendor: Vendor
): Promise<StopReport> {
	vendor.fault = 'a moment';
	const pool = new Pool(program.origin, { connections: IN_FLIGHT });
	const headers = {
		origin: site.url,
		authorization: `Bearer ${await site.jwt(createPerson(1))}`,
	};
	const visits: Array<{ asked: number; answered: number }> = [];
	const loops = Array.from({ length: IN_FLIGHT }, async () => {
		// Till the server is gone.
		for (;;) {
			const visit = { asked: performance.now(), answered: Infinity };
			visits.push(visit);
			try {
				const path = '/app-inbox/token';
				const { statusCode, body } = await pool.request({ method: 'POST', path, headers });
				await body.dump();
				if (statusCode !== 200) {
					return;
				}
				visit.answered = performance.now();
			} catch {
				return;
			}
			await sleep(Math.random() * 100);
		}
	});
	await sleep(2000);
	const told = performance.now();
	program.child.kill('SIGTERM');
	const code = await program.ended;
	const seconds = (performance.now() - told) / 1000;
	await Promise.all(loops);
	await pool.destroy();
	const accepted = visits.filter(
		({ asked, answered }) => asked <= told - READ_MS && answered > told
	);
	const unanswered = accepted.filter(({ answered }) => answered === Infinity).length;
	return { accepted: accepted.length, unanswered, code, seconds };
}
