import { createHash, randomUUID } from 'node:crypto';
import { systemClock } from '../../edge/clock.ts';
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
	hash: (text) => createHash('sha256').update(text).digest('base64url'),
	write: () => {},
});
