/** The entry for Netlify: an edge function, which runs on Deno. The bundle puts the front end's text in. */
import * as release from 'virtual:loader';
import type { Env } from '../config.ts';
import { webHandler } from './web-platform.ts';

const handle = webHandler(release);
let env: Env | undefined;

export default (request: Request, { ip }: { ip: string }) => {
	// Not before the first request: Netlify also loads this file at deployment, to read `config`.
	env ??= Netlify.env.toObject();
	return handle(request, env, ip);
};

export const config = { path: ['/app-inbox', '/app-inbox/*'] };
