import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { literal } from '../stack/php.ts';
import { freePort } from '../stack/servers.ts';
import { startStack, type Stack } from '../stack/stack.ts';
import type { CoreVersion } from '../wordpress/cores.ts';
import { inWordPress, outputOf } from '../wordpress/php.ts';
import { privateFolder } from '../wordpress/prepare.ts';
import { startRuntime } from '../wordpress/runtime.ts';
import type { Embedded } from './embedded.ts';

/** A WordPress whose files and database PHP-FPM and the embedded PHP may both use. */
export async function startSharedStack(version: CoreVersion): Promise<Stack> {
	const port = await freePort();
	return startStack({
		version,
		active: false,
		mariadbPort: port,
		// The embedded PHP sees WordPress somewhere else, and no socket.
		config: `if ( '/wordpress' === __DIR__ ) {
			define( 'DB_HOST', '127.0.0.1:${port}' );
		}`,
	});
}

/** Another PHP on the stack's WordPress. */
export async function startOnMariadb(stack: Stack, php: string): Promise<Embedded> {
	const site = path.join(stack.folder, 'site');
	const logFile = path.join(site, 'wp-content/debug.log');
	await rm(logFile, { force: true });
	const runtime = await startRuntime({
		php,
		port: 0,
		install: false,
		ownDatabase: true,
		mounts: [{ hostPath: site, vfsPath: '/wordpress' }],
		// Where it finds its packages.
		folder: privateFolder(path.join(import.meta.dirname, '../../.cache'), 'php-'),
	});
	const run = async (code: string) => outputOf(await runtime.run(inWordPress(code)));
	return {
		url: runtime.url,
		php: await run('echo PHP_VERSION;'),
		run,
		option: async (name) =>
			JSON.parse(await run(`echo wp_json_encode( get_option( ${literal(name)}, null ) );`)),
		activate: async () =>
			void (await run(`
				require_once ABSPATH . 'wp-admin/includes/plugin.php';
				activate_plugin( 'app-inbox-for-esputnik/app-inbox-for-esputnik.php' );`)),
		log: () => readFile(logFile, 'utf8').catch(() => ''),
		stop: runtime.stop,
	};
}
