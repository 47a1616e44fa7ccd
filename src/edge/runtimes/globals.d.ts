/** What the adapters use of the runtimes' own globals, and what the build makes: see `build/`. */

declare const Deno: {
	env: { toObject: () => Record<string, string> };
	serve: (
		options: { hostname: string; port: number; signal: AbortSignal; onListen: () => void },
		handler: (
			request: Request,
			info: { remoteAddr: { hostname: string } }
		) => Response | Promise<Response>
	) => { addr: { port: number }; shutdown: () => Promise<void> };
};

declare const Bun: {
	serve: (options: {
		hostname: string;
		port: number;
		idleTimeout: number;
		development: boolean;
		fetch: (request: Request, server: BunServer) => Response | Promise<Response>;
	}) => BunServer;
};

interface BunServer {
	port: number;
	requestIP: (request: Request) => { address: string } | null;
	stop: (force?: boolean) => Promise<void>;
}

declare const Netlify: { env: { toObject: () => Record<string, string> } };

declare module 'virtual:loader' {
	/** The text of dist/frontend/loader.js. */
	export const loader: string;
	/** The page of src/edge/root-page, in a file of its own where a bundle has several. */
	export const rootPage: () => Promise<import('../types.ts').RootPage>;
	/** This release. */
	export const version: string;
}

// The parts of undici that are needed: all of it takes twice the time to load.
declare module 'undici/lib/dispatcher/agent.js' {
	export { Agent as default } from 'undici';
}
declare module 'undici/lib/api/api-request.js' {
	import type { Dispatcher } from 'undici';
	const request: Dispatcher['request'];
	export default request;
}
