import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { coreVersions, isCoreVersion, versionOfCore } from './cores.ts';
import { HOW_TO_INSTALL_PHP, installedPhpVersions } from './php-versions.ts';
import { inWordPress, outputOf } from './php.ts';
import { dropLeftovers, prepare, privateFolder } from './prepare.ts';
import { startRuntime } from './runtime.ts';

export interface WordPressOptions {
	/** `6.3`, `6.4`, `6.5` (the default), `6.8`, `7.1`, or `latest`. */
	version?: string;
	/** 8.3, the default, is installed with everything else; for the others see php-versions.ts. */
	php?: string;
	/** A port on 127.0.0.1; 0, the default, picks a free one. */
	port?: number;
	/** The address that visitors use, where a reverse proxy stands before this one. */
	siteUrl?: string;
	/** The absolute path of the unpacked plugin: it is mounted, so a new build counts at once. */
	plugin?: string;
	/** Whether the plugin is active from the start on. Default: yes. */
	active?: boolean;
	/** PHP source for `wp-content/mu-plugins/`. */
	muPlugin?: string;
	/** The plugin's option, stored after its activation at the start. */
	settings?: Record<string, unknown>;
	/** "Kavarnia" if nothing is said. */
	siteTitle?: string;
	onProgress?: (text: string) => void;
}

export interface WordPress {
	/** Its own address; `siteUrl`, if given, is what WordPress prints. */
	url: string;
	/** The exact version, such as `6.5.5`. */
	version: string;
	/** The exact version of PHP, such as `8.3.33`. */
	php: string;
	/** Runs PHP inside WordPress; returns what it prints, throws what ends it early. */
	run: (code: string) => Promise<string>;
	option: (name: string) => Promise<unknown>;
	/** Activates the plugin, if it was not to be active from the start on. */
	activate: () => Promise<void>;
	/** `wp-content/debug.log`: every notice, warning and error so far. */
	log: () => Promise<string>;
	/** The path of its SQLite file. */
	database: () => string;
	stop: () => Promise<void>;
}

const slug = 'app-inbox-for-esputnik';

/**
 * Starts a real WordPress on the embedded PHP, without internet. It knows an administrator `admin`
 * and the subscribers `anna` (id 2) and `bohdan` (id 3), all with the password `password`. Every
 * start begins with the same content, and `stop()` removes every trace of it.
 *
 * @example
 * const wordpress = await startWordPress({plugin: path.resolve('dist/app-inbox-for-esputnik')});
 */
export async function startWordPress(options: WordPressOptions = {}): Promise<WordPress> {
	const { version = '6.5', php = '8.3', port = 0, onProgress = () => {} } = options;
	if (!isCoreVersion(version)) {
		throw new Error(
			`There is no WordPress ${version} here: choose ${coreVersions.join(', ')}.`
		);
	}
	requirePhp(php);
	if (options.plugin && !existsSync(options.plugin)) {
		throw new Error(`There is no plugin at ${options.plugin}: run "npm run build" first.`);
	}

	const prepared = path.join(await prepare(version, php, onProgress), 'site');
	const runs = path.join(prepared, '../runs');
	await dropLeftovers(runs);
	const folder = privateFolder(runs);
	const site = path.join(folder, 'site');
	await copySite(prepared, site);
	if (options.muPlugin) {
		await writeFile(path.join(site, 'wp-content/mu-plugins/test.php'), options.muPlugin);
	}

	onProgress(`Starting WordPress ${version}`);
	const runtime = await startRuntime({
		php,
		port,
		siteUrl: options.siteUrl,
		install: false,
		mounts: [
			{ hostPath: site, vfsPath: '/wordpress' },
			...shared.map((name) => ({
				hostPath: path.join(prepared, name),
				vfsPath: `/wordpress/${name}`,
			})),
			...(options.plugin
				? [{ hostPath: options.plugin, vfsPath: `/wordpress/wp-content/plugins/${slug}` }]
				: []),
		],
		folder,
	});
	try {
		const run = async (code: string) => outputOf(await runtime.run(inWordPress(code)));
		return {
			url: runtime.url,
			version: await versionOfCore(prepared),
			php: await configure(run, options),
			run,
			option: async (name) =>
				JSON.parse(
					await run(`echo wp_json_encode( get_option( ${literal(name)}, null ) );`)
				),
			activate: async () => void (await run(activation)),
			log: () => readFile(path.join(site, 'wp-content/debug.log'), 'utf8').catch(() => ''),
			database: () => path.join(site, 'wp-content/database/.ht.sqlite'),
			stop: runtime.stop,
		};
	} catch (error) {
		await runtime.stop();
		throw error;
	}
}

/** What WordPress only reads, and the bulk of it: every start uses the same files. */
const shared = ['wp-admin', 'wp-includes'];

async function copySite(from: string, to: string) {
	await mkdir(to, { recursive: true });
	for (const name of await readdir(from)) {
		await (shared.includes(name)
			? mkdir(path.join(to, name))
			: cp(path.join(from, name), path.join(to, name), { recursive: true }));
	}
}

function requirePhp(php: string) {
	const installed = installedPhpVersions();
	if (!installed.includes(php)) {
		throw new Error(
			`PHP ${php} is not installed here: choose ${installed.join(', ')}. The versions that a plugin has to run on come with: ${HOW_TO_INSTALL_PHP}`
		);
	}
}

/** Activates the plugin and stores the options; answers PHP's version. */
async function configure(
	run: (code: string) => Promise<string>,
	{ plugin, active = true, settings, siteTitle }: WordPressOptions
): Promise<string> {
	return run(`
		${siteTitle === undefined ? '' : `update_option( 'blogname', ${literal(siteTitle)} );`}
		${plugin && active ? activation : ''}
		${settings ? `update_option( 'app_inbox_for_esputnik', ${literal(settings)} );` : ''}
		echo PHP_VERSION;
	`);
}

const activation = `
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	$files = array_keys( get_plugins( '/${slug}' ) );
	if ( ! $files ) {
		throw new Exception( 'The plugin folder holds no file with a plugin header.' );
	}
	$result = activate_plugin( '${slug}/' . $files[0] );
	if ( is_wp_error( $result ) ) {
		throw new Exception( 'The plugin cannot be activated: ' . $result->get_error_message() );
	}
`;

/** A JSON value as a PHP expression. */
function literal(value: unknown): string {
	const json = Buffer.from(JSON.stringify(value)).toString('base64');
	return `json_decode( base64_decode( '${json}' ), true )`;
}
