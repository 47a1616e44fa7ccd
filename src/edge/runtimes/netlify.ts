/** The entry for Netlify: an edge function, which runs on Deno. The bundle puts the front end's text in. */
import { loader, rootPage, version } from 'virtual:loader';
import type { Env } from '../config.ts';
import { createHandler } from '../handler.ts';
import { badHost } from './bad-host.ts';
import { webPlatform } from './web-platform.ts';

const handle = createHandler(webPlatform({ loader, rootPage, version }));
let env: Env | undefined;

export default (request: Request, { ip }: { ip: string }) => {
	// Not before the first request: Netlify also loads this file at deployment, to read `config`.
	env ??= Netlify.env.toObject();
	return badHost(request) ?? handle(request, env, { peer: ip });
};

export const config = { path: ['/app-inbox', '/app-inbox/*'] };
