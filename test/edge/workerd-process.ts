import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runServer, type ServerProcess } from './server-process.ts';

/** The date of the platform's behaviour, as the owner deploys it. */
const COMPATIBILITY_DATE = /^compatibility_date = "([\d-]+)"$/m.exec(
	readFileSync(join(import.meta.dirname, '../../build/edge/cloudflare/wrangler.toml'), 'utf8')
)![1]!;

/** Runs a worker's bundle. What Cloudflare's front does is left: the header with the address. */
export function runWorkerd(
	workerd: string,
	file: string,
	env: Record<string, string>
): ServerProcess {
	const config = join(dirname(file), `${randomUUID()}.capnp`);
	writeFileSync(config, configFor(basename(file), env));
	return runServer(workerd, ['serve', config, '--control-fd=1'], {}, urlOf);
}

/** JSON's texts are Cap'n Proto's. */
const text = (value: string) => JSON.stringify(value);

const configFor = (file: string, env: Record<string, string>) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
	services = [
		(name = "worker", worker = (
			modules = [(name = "worker.js", esModule = embed ${text(file)})],
			compatibilityDate = ${text(COMPATIBILITY_DATE)},
			bindings = [${Object.entries(env)
				.map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`)
				.join(', ')}],
		)),
		(name = "internet", network = (allow = ["public", "private"])),
	],
	sockets = [(
		name = "http", address = "127.0.0.1:0", service = "worker",
		http = (injectRequestHeaders = [(name = "CF-Connecting-IP", value = "127.0.0.1")]),
	)],
);`;

const urlOf = (output: string) => {
	const port = /"event":"listen","socket":"http","port":(\d+)/.exec(output)?.[1];
	return port && `http://127.0.0.1:${port}/app-inbox`;
};
