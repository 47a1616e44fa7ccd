import { randomUUID } from 'node:crypto';
import { systemClock } from '../../edge/clock.ts';
import { nodeHash } from '../../edge/runtimes/node-hash.ts';
import type { HttpClient, Platform } from '../../edge/types.ts';

/** What the token function's own parts need to run here. Nothing is logged: the table says it all. */
export const createPlatform = (http: HttpClient, version: string): Platform => ({
	version,
	loader: '',
	rootPage: async () => ({ html: '', policy: '' }),
	clock: systemClock,
	http,
	random: Math.random,
	randomId: randomUUID,
	hash: nodeHash,
	write: () => {},
});
