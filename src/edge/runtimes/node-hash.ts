import { createHash } from 'node:crypto';

/** Node's SHA-256, which Deno and Bun have too: unlike that of the web it makes nobody wait. */
export const nodeHash = (text: string) => createHash('sha256').update(text).digest('base64url');
