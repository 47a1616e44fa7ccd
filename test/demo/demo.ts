import { Command, InvalidArgumentError } from 'commander';
import { Listr } from 'listr2';
import { buildTasks } from '../../build/build.ts';
import { exampleSeed } from '../esputnik/server.ts';
import { shopPage } from '../esputnik/shop-page.ts';
import { STATICS } from '../esputnik/snippets.ts';
import { startSite, type Site } from '../site/site.ts';
import { check, PICTURE } from './check.ts';
import { pastedSettings } from './pasted.ts';

interface Options {
	port?: number;
	wp: string;
	elsewhere: boolean;
	check: boolean;
}

const options = new Command('demo')
	.description('A bell on a real WordPress: builds everything and starts it at one address.')
	.option('--port <number>', "the site's port (default: 8080; with --check: a free one)", toPort)
	.option('--wp <version>', 'the WordPress: 6.3, 6.4, 6.5, 7.1 or latest', '6.5')
	.option('--elsewhere', 'the token function at an address of its own', false)
	.option('--check', 'try it in a browser without a window, write dist/demo.png and end', false)
	.helpOption('--help', 'show this')
	.parse()
	.opts<Options>();

let site: Site | undefined;
const stop = async (code: number) => {
	await site?.stop();
	process.exit(code);
};
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		// The second time somebody is in a hurry.
		if (interrupted) {
			process.exit(1);
		}
		interrupted = true;
		if (site) {
			console.log('\nStopping.');
		}
		void stop(options.check ? 1 : 0);
	});
}

try {
	await new Listr(
		[
			{ title: 'Build', task: (_, task) => task.newListr(buildTasks) },
			{
				title: 'WordPress, token function and stand-in eSputnik',
				task: async (_, task) => {
					const { scriptId } = exampleSeed().account;
					site = await startSite({
						// As its owner sets it up: with the source of a page of the shop, pasted whole.
						settings: pastedSettings(shopPage({ id: scriptId, host: STATICS })),
						port: options.port ?? (options.check ? 0 : 8080),
						wordpress: options.wp,
						elsewhere: options.elsewhere,
						onProgress: (text) => (task.output = text),
					});
				},
			},
			{
				title: 'A subscriber reads a message in a browser',
				enabled: options.check,
				task: (_, task) => check(site!, (text) => (task.output = text)),
			},
		],
		{ rendererOptions: { collapseSubtasks: false } }
	).run();
	if (options.check) {
		console.log(`\nThe bell works. The picture is ${PICTURE}.`);
		await stop(0);
	}
	console.log(whatToTry(site!));
} catch {
	// Listr has printed which step failed and why.
	await stop(1);
}

function whatToTry({ url, tokenFunction, wordpress }: Site): string {
	const rows = [
		['The site', `${url}/`],
		['WordPress', `${wordpress.version} on PHP ${wordpress.php}`],
		['Settings page', `${url}/wp-admin/options-general.php?page=app-inbox-for-esputnik`],
		['Token function', options.elsewhere ? tokenFunction.url : `${url}/app-inbox`],
		['Stand-in eSputnik', `${url}/esputnik/`],
		['', ''],
		['Accounts', 'anna, bohdan: subscribers who have messages'],
		['', 'admin: the administrator, whom eSputnik does not know'],
		['', 'The password of all three is: password'],
	];
	return `
${rows.map(([name, value]) => `  ${name!.padEnd(18)} ${value}`).join('\n')}

  Try this
  1. Open ${url}/wp-login.php, log in as anna, go to the site: the bell shows two new messages.
  2. Log out, log in as bohdan: other messages, in the same browser.
  3. As admin, look at the settings page: Settings → App Inbox.
  4. Send anna another message, then load the page again:
     curl ${url}/esputnik/messages -H 'content-type: application/json' \\
       -d '{"externalCustomerId":"2","title":"Hello","content":"Freshly roasted."}'

  Ctrl-C stops everything.
`;
}

function toPort(text: string): number {
	const port = Number(text);
	if (!/^\d{1,5}$/.test(text) || port > 65535) {
		throw new InvalidArgumentError('A port is a number from 0 to 65535.');
	}
	return port;
}
