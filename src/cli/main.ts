import { Command, CommanderError } from 'commander';
import { loader, rootPage, version } from 'virtual:loader';
import { addCheck } from './check.ts';
import { addGtm } from './gtm.ts';
import { addServe } from './serve.ts';
import { UsageError } from './usage.ts';

const program = new Command('app-inbox')
	.description(
		'App Inbox for eSputnik: runs the token function, finds what keeps it from working, and makes what ' +
			'Google Tag Manager imports.'
	)
	.helpOption('--help', 'show this')
	.helpCommand(false)
	.version(version, '--version', 'show the version')
	.exitOverride()
	.configureOutput({ outputError: (text) => complain(text.replace(/^error: /, '')) });

const release = { loader, rootPage, version };
addServe(program, release);
addCheck(program, release);
addGtm(program);

try {
	await program.parseAsync();
} catch (error) {
	if (error instanceof CommanderError) {
		// It has printed the help, the version, or what is wrong with the command line.
		process.exitCode = error.exitCode === 0 ? 0 : 2;
	} else if (error instanceof UsageError) {
		complain(error.message);
		process.exitCode = 2;
	} else {
		// Its message may quote anything, a secret too.
		const name = error instanceof Error ? error.constructor.name : typeof error;
		complain(`an error that nobody expected (${name}). Please report it.`);
		process.exitCode = 1;
	}
}

/** One line, and of an option only the name: what follows it may be a secret in the wrong place. */
function complain(text: string): void {
	const line = text
		.trim()
		.replace(/\s*\n\s*/g, ' ')
		.replace(/(--[\w-]+)=[^']*/g, '$1');
	console.error(`app-inbox: ${line}`);
}
