import * as crypto from 'node:crypto';

/**
 * Node's SHA-256, which Deno and Bun have too: unlike that of the web it makes nobody wait. In one
 * go, since objects with a native side are a burden for the garbage collector; Deno has it in two.
 */
export const nodeHash: (text: string) => string =
	typeof crypto.hash === 'function'
		? (text) => crypto.hash('sha256', text, 'base64url')
		: (text) => crypto.createHash('sha256').update(text).digest('base64url');
