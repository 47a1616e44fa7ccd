import type { Command } from 'commander';
import type { Release } from '../edge/runtimes/web-platform.ts';
import { readEnvironment } from './environment.ts';

/** `app-inbox serve`: the token function on Node, the same as `dist/edge/node/server.mjs`. */
export function addServe(program: Command, release: Release): void {
	program
		.command('serve')
		.summary('run the token function on this machine')
		.description(
			'Runs the token function until Ctrl-C or SIGTERM, with the variables of the environment: ' +
				'SITE_URL and ESPUTNIK_API_KEY are all that a WordPress site needs.'
		)
		.option('--env-file <file>', 'more variables, a NAME=value a line')
		.action(async ({ envFile }: { envFile?: string }) => {
			const env = readEnvironment(envFile);
			const { main } = await import('../edge/runtimes/node.ts');
			await main(env, release);
		});
}
