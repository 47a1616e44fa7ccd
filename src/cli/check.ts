import { InvalidArgumentError, type Command } from 'commander';
import type { Release } from '../edge/runtimes/web-platform.ts';
import { ENDPOINT } from '../settings/schema.ts';
import { parseContact } from './check/contact.ts';
import type { CheckOptions } from './check/run.ts';
import { readEnvironment } from './environment.ts';
import { UsageError } from './usage.ts';

/** `app-inbox check`: tries every link from the site to eSputnik and says which one is broken. */
export function addCheck(program: Command, { version }: Release): void {
	program
		.command('check')
		.summary('find the link that is broken between the site and eSputnik')
		.description(
			'Tries every link of the chain, with the same variables as the token function, and says what to do ' +
				'about each that is broken. Ends with 0 if none is, else with 1.'
		)
		.option(
			'--endpoint <url>',
			'the token endpoint, /token included (default: BASE_PATH and /token at SITE_URL)',
			toEndpoint
		)
		.option(
			'--contact <value>',
			'look this contact up: an externalCustomerId, an e-mail, or a phone with +',
			parseContact
		)
		.option('--jwt', 'go the whole way with the administrator’s credential in APP_INBOX_JWT')
		.option('--env-file <file>', 'more variables, a NAME=value a line')
		.option('--timeout <seconds>', 'for each answer, 1 to 60', toSeconds, 10)
		.option('--json', 'print {"checks": […]} for programs instead of a table')
		.action(async ({ envFile, ...options }: CheckOptions & { envFile?: string }) => {
			const env = readEnvironment(envFile);
			const { runCheck } = await import('./check/run.ts');
			process.exitCode = await runCheck(env, options, version);
		});
}

/** Never quoted in an error: it might contain a password, which is one of the reasons to refuse it. */
function toEndpoint(text: string): string {
	if (!ENDPOINT.test(text)) {
		throw new UsageError(
			'--endpoint is a full address that starts with https:// and ends in /token, without user name, password, ? and #.'
		);
	}
	return text;
}

function toSeconds(text: string): number {
	if (!/^\d{1,2}$/.test(text) || Number(text) < 1 || Number(text) > 60) {
		throw new InvalidArgumentError('It is a number of seconds from 1 to 60.');
	}
	return Number(text);
}
