import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PLUGIN, PLUGIN_NAME } from '../../build/paths.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { startEsputnik, type Esputnik, type SeedInput } from '../esputnik/server.ts';
import { plainUrl } from '../site/identity-request.ts';
import { startTokenFunction, type TokenFunction } from '../site/token-function.ts';
import { fetchCore, versionOfCore, type CoreVersion } from '../wordpress/cores.ts';
import { onEnding } from './ending.ts';
import { startMariadb } from './mariadb.ts';
import { PHP_LOG, startNginx } from './nginx.ts';
import { findPrograms } from './packages.ts';
import { literal, runPhp, startFpm, writePhpIni } from './php.ts';
import { freePort, killAll, type Server } from './servers.ts';
import { furnish, install } from './wordpress.ts';

export interface StackOptions {
	/** Default: 6.5. */
	version?: CoreVersion;
	/** Where below its host WordPress lies: '', the default, or a folder such as `/blog`. */
	blog?: '' | `/${string}`;
	/** The site is https, by a proxy in front that says so with X-Forwarded-Proto. */
	secure?: boolean;
	/** The token function at an address of its own. Default: at the site's. */
	elsewhere?: boolean;
	/** Whether the plugin is active, with settings, from the start on. Default: yes. */
	active?: boolean;
	/** WP_DEBUG, as on no production site. Default: on, for what it finds. */
	debug?: boolean;
	/** Account and contacts of eSputnik's, instead of the example. */
	seed?: SeedInput;
	/** PHP for the beginning of wp-config.php. */
	config?: string;
	/** PHP for `wp-content/mu-plugins/`. */
	muPlugin?: string;
	/** Of PHP-FPM: how many requests it works on at once. Default: 8. */
	workers?: number;
	/** Empty databases beside the one that WordPress is in. */
	databases?: string[];
	/** A port of 127.0.0.1 for MariaDB, besides its socket. */
	mariadbPort?: number;
	onProgress?: (text: string) => void;
}

export interface Stack {
	/** The site's address, with its folder and without a slash at the end, as its visitors know it. */
	url: string;
	/** The exact version of WordPress. */
	version: string;
	/** Where everything of it lies, out of nginx's reach but for `site`. */
	folder: string;
	esputnik: Esputnik;
	tokenFunction: TokenFunction;
	/**
	 * Runs PHP inside WordPress; answers what it prints, throws what ends it early. With `before`, PHP
	 * such as `define` that WordPress has to find when it comes.
	 */
	run: (code: string, before?: string) => Promise<string>;
	/** Activates the plugin and stores the settings that it needs to work. */
	activate: () => Promise<void>;
	/** Each request that PHP has had so far: `POST /?app-inbox=identity`. */
	requests: () => Promise<string[]>;
	/** `wp-content/debug.log` and what PHP wrote elsewhere: every notice, warning and error so far. */
	log: () => Promise<string>;
	stop: () => Promise<void>;
}

/** More than two cores keep busy: who waits for the database leaves room for others. */
const WORKERS = 8;

/** WordPress's own database. */
export const DATABASE = 'wordpress';
const PLUGIN_FILE = `${PLUGIN_NAME}/${PLUGIN_NAME}.php`;

/**
 * A site as hosting companies run it: nginx, PHP-FPM with opcache, MariaDB and pretty permalinks, a
 * fresh WordPress with the built plugin, the built token function behind the same nginx, and the
 * stand-in eSputnik. Everything lies below a temporary folder; `stop()`, an error and Ctrl-C end the
 * servers and remove it. People and passwords are those of test/wordpress/setup.php.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
	const { version = '6.5', blog = '', elsewhere = false, onProgress = () => {} } = options;
	const programs = await findPrograms();
	if (!existsSync(PLUGIN)) {
		throw new Error('The plugin is not built: run "npm run build" first.');
	}

	const folder = await mkdtemp(path.join(tmpdir(), 'app-inbox-stack-'));
	const running: Server[] = [];
	const started = <T extends Server>(server: T): T => {
		running.unshift(server);
		return server;
	};
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	const forget = onEnding(() => {
		// The first thing that the token function's stop() does is to end it.
		running.forEach((server) => void server.stop());
		killAll();
		remove();
	});
	const stop = async () => {
		for (const server of running.splice(0)) {
			await server.stop();
		}
		remove();
		forget();
	};

	try {
		const root = path.join(folder, 'site');
		const wordpress = path.join(root, blog);
		onProgress(`Fetching WordPress ${version}`);
		await fetchCore(version, wordpress);
		await writePhpIni(folder);

		onProgress('Starting MariaDB and PHP-FPM');
		const mariadb = await startMariadb(
			programs,
			folder,
			[DATABASE, ...(options.databases ?? [])],
			options.mariadbPort
		);
		started(mariadb.server);
		const fpm = await startFpm(programs, folder, options.workers ?? WORKERS);
		started(fpm.server);

		const port = await freePort();
		const inner = `http://127.0.0.1:${port}${blog}`;
		const url = options.secure ? inner.replace('http:', 'https:') : inner;
		const esputnik = started(await startEsputnik(options.seed ? { seed: options.seed } : {}));

		onProgress(`Installing WordPress ${version}`);
		const run = (code: string, before?: string) =>
			runPhp(programs, folder, wordpress, code, before);
		await furnish(wordpress, {
			...options,
			database: DATABASE,
			socket: mariadb.socket,
			esputnik: esputnik.url,
		});
		await install(run, url);

		onProgress('Starting the token function and nginx');
		const tokenFunction = started(
			await startTokenFunction({
				SITE_URL: url,
				ESPUTNIK_API_KEY: esputnik.apiKey,
				ESPUTNIK_API_URL: esputnik.apiUrl,
				TRUSTED_PROXIES: '1',
				...(options.secure && { WORDPRESS_URL: inner }),
			})
		);
		started(
			await startNginx(programs, folder, {
				php: fpm.socket,
				servers: [
					{
						listen: String(port),
						root,
						blog,
						tokenFunctions: { [blog]: tokenFunction.url },
					},
				],
			})
		);

		const settings = {
			...defaultSettings(),
			scriptId: esputnik.scriptId,
			endpoint: `${elsewhere ? tokenFunction.url : `${url}/app-inbox`}/token`,
		};
		const activate = async () => {
			await run(`
				require_once ABSPATH . 'wp-admin/includes/plugin.php';
				$result = activate_plugin( '${PLUGIN_FILE}' );
				if ( is_wp_error( $result ) ) {
					throw new Exception( $result->get_error_message() );
				}
				update_option( 'app_inbox_for_esputnik', ${literal(settings)} );
			`);
		};
		if (options.active ?? true) {
			await activate();
		}
		const read = (file: string) => readFile(file, 'utf8').catch(() => '');
		return {
			url,
			version: await versionOfCore(wordpress),
			folder,
			esputnik,
			tokenFunction,
			run,
			activate,
			requests: async () =>
				(await read(path.join(folder, PHP_LOG))).split('\n').slice(0, -1).map(plainUrl),
			log: async () =>
				(await read(path.join(wordpress, 'wp-content/debug.log'))) +
				(await read(path.join(folder, 'php.log'))),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
