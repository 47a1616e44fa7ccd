import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createKey, type SiteKey } from '../../edge/credentials.ts';
import { bundleForTests, runNode } from '../../edge/node-process.ts';
import {
	hang,
	startUpstream,
	tokenOf,
	vendorUsually,
	wordPressUsually,
	type Answer,
	type Upstream,
} from '../../edge/upstreams.ts';
import { startGateway, type Gateway } from '../../site/gateway.ts';
import { bundleProgram, type Ended, type Program } from '../program.ts';

export const API_KEY = 'canary-key-9f8e7d6c5b4a3210';

export interface Check {
	id: string;
	status: 'pass' | 'fail' | 'skip';
	message: string;
}

type Env = Record<string, string | undefined>;

/**
 * A site with WordPress at its root and the real token function below `/app-inbox`, eSputnik, and the
 * program that looks at them. When all tests of a file are over, nothing secret may stand in all that
 * the program has written in them.
 */
export class Stage {
	wordpress!: Upstream;
	vendor!: Upstream;
	/** What stands before the token function: it passes on what `instead` does not answer. */
	front!: Upstream;
	/** By method and path, such as `GET /app-inbox/health`. */
	instead: Record<string, Answer> = {};
	program!: Program;
	key!: SiteKey;
	private gateway!: Gateway;
	private closing: Array<() => Promise<void>> = [];

	constructor() {
		beforeAll(() => this.open());
		beforeEach(() => {
			this.wordpress.reset();
			this.vendor.reset();
			this.instead = {};
			this.gateway.route('/app-inbox', this.front.url);
		});
		afterAll(() => this.expectNoSecrets());
		afterAll(async () => {
			for (const close of this.closing.reverse()) {
				await close();
			}
		});
	}

	private async open() {
		const until = <T>(thing: T, close: (thing: T) => Promise<void>) => {
			this.closing.push(() => close(thing));
			return thing;
		};
		this.key = await createKey('key-1');
		this.program = until(await bundleProgram(), ({ remove }) => remove());
		this.wordpress = until(
			await startUpstream(wordPressUsually(() => [this.key.jwk])),
			({ close }) => close()
		);
		this.vendor = until(await startUpstream(vendorUsually), ({ close }) => close());
		this.gateway = until(await startGateway(0), ({ stop }) => stop());
		this.gateway.route('/', this.wordpress.url);
		const passOn = await this.startFunction();
		this.front = until(
			await startUpstream((request, response) => {
				const answer = this.instead[`${request.method} ${request.url}`] ?? passOn;
				answer(request, response);
			}),
			({ close }) => close()
		);
	}

	/** No key, secret, credential, token, address or answer of another server. */
	private expectNoSecrets() {
		const output = this.program.output();
		expect(output).not.toBe('');
		const secret = `canary|tok_|eyJ|${tokenOf({ externalCustomerId: '2' })}`;
		expect(output.match(new RegExp(`.{0,80}(${secret}).{0,40}`, 'gi'))).toBeNull();
	}

	/** A real token function for this site; gives back what asks it. */
	async startFunction(env: Record<string, string> = {}): Promise<Answer> {
		const bundle = await bundleForTests();
		const { listening, stop } = runNode(bundle.file, {
			...(this.env() as Record<string, string>),
			...env,
		});
		this.closing.push(bundle.remove, stop);
		const { origin } = new URL(await listening);
		return async (request, response) => {
			const { method, url } = request;
			const headers = { ...request.headers, host: new URL(origin).host } as never;
			const answer = await fetch(origin + url, { method, headers });
			response.writeHead(answer.status, Object.fromEntries(answer.headers));
			response.end(await answer.text());
		};
	}

	get site() {
		return this.gateway.url;
	}

	/** The site's web server stops passing `/app-inbox/` on. */
	unroute() {
		this.gateway.route('/app-inbox', this.wordpress.url);
	}

	/** What is undefined is not set. */
	env(change: Env = {}): Env {
		return {
			SITE_URL: this.site,
			ESPUTNIK_API_KEY: API_KEY,
			ESPUTNIK_API_URL: `${this.vendor.url}/api`,
			...change,
		};
	}

	run(args: string[] = [], change: Env = {}): Promise<Ended> {
		const env = Object.entries(this.env(change)).filter(([, value]) => value !== undefined);
		return this.program.run(['check', ...args], Object.fromEntries(env) as never);
	}

	/** By id, and the exit code. */
	async check(args: string[] = [], change: Env = {}) {
		const { code, stdout, stderr } = await this.run([...args, '--json'], change);
		if (stderr !== '' || stdout === '') {
			throw new Error(`exit ${code}: ${stderr}`);
		}
		const { checks } = JSON.parse(stdout) as { checks: Check[] };
		const found = Object.fromEntries(checks.map((check) => [check.id, check]));
		return {
			code,
			checks,
			found: (id: string) => `${found[id]?.status}: ${found[id]?.message}`,
		};
	}
}

/** A port of this machine at which nobody listens. */
export async function closedPort(): Promise<string> {
	const upstream = await startUpstream(hang);
	await upstream.close();
	return new URL(upstream.url).host;
}
