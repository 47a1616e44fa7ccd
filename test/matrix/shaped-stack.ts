import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PLUGIN_NAME } from '../../build/paths.ts';
import type { Esputnik } from '../esputnik/server.ts';
import { startTokenFunction } from '../site/token-function.ts';
import { startNginx, type NginxServer } from '../stack/nginx.ts';
import { findPrograms } from '../stack/packages.ts';
import { freePort, type Server } from '../stack/servers.ts';
import { startStack, type Stack } from '../stack/stack.ts';
import { CLASSIC_THEME, fetchClassicTheme } from './classic-theme.ts';
import { constantsOf, DATABASES, foundNetwork, hostOf, pathOf, readdressing } from './networks.ts';
import { addressesOf, WORDPRESS_FOLDER, type Address, type Shape } from './shapes.ts';

export interface ShapedStack {
	version: string;
	/** Gives WordPress this shape, and starts what stands before it. The plugin is active everywhere. */
	take: (shape: Shape) => Promise<ShapedSite>;
	stop: () => Promise<void>;
}

export interface ShapedSite {
	/** One, or the two of a network. */
	sites: (Address & { tokenFunction: string })[];
	/** nginx's, for hosts that have a name. */
	port: number;
	esputnik: Esputnik;
	/** Deletes the plugin's data, as its deletion does; answers the options that are left of it. */
	uninstall: () => Promise<string[]>;
	/** Every notice, warning and error since WordPress has this shape. */
	log: () => Promise<string>;
	stop: () => Promise<void>;
}

const VERSION = '6.5';
const BLOCK_THEME = 'twentytwentyfour';
const PLUGIN_FILE = `${PLUGIN_NAME}/${PLUGIN_NAME}.php`;

/**
 * One WordPress on MariaDB that can be a site of any shape: its files stay where they are, while its
 * addresses, permalinks and theme change, and nginx and the token functions before it.
 */
export async function startShapedStack(): Promise<ShapedStack> {
	const [, ...networks] = Object.keys(DATABASES) as Shape['network'][];
	const stack = await startStack({
		version: VERSION,
		blog: WORDPRESS_FOLDER,
		active: false,
		databases: networks.map((network) => DATABASES[network]),
		// Read like this, opcache does not keep it.
		config: `
			$constants = json_decode( (string) @file_get_contents( dirname( __DIR__, 2 ) . '/constants.json' ), true );
			foreach ( $constants ?? array() as $name => $value ) {
				define( $name, $value );
			}`,
	});
	const define = (constants: object) =>
		writeFile(path.join(stack.folder, 'constants.json'), JSON.stringify(constants));
	try {
		const root = path.join(stack.folder, 'site');
		const content = path.join(root, WORDPRESS_FOLDER, 'wp-content');
		await fetchClassicTheme(path.join(content, 'themes'));
		// Where home is above siteurl, as WordPress's handbook has it.
		await writeFile(
			path.join(root, 'index.php'),
			`<?php define( 'WP_USE_THEMES', true ); require __DIR__ . '${WORDPRESS_FOLDER}/wp-blog-header.php';`
		);
		for (const network of networks) {
			await define({});
			await foundNetwork(stack, network, define);
		}
		const ports = await Promise.all([freePort(), freePort(), freePort()]);
		return {
			version: stack.version,
			take: (shape) => take(stack, shape, ports, define),
			stop: stack.stop,
		};
	} catch (error) {
		await stack.stop();
		throw error;
	}
}

async function take(
	stack: Stack,
	shape: Shape,
	[port, ...inner]: [number, number, number],
	define: (constants: object) => Promise<void>
): Promise<ShapedSite> {
	const addresses = addressesOf(shape, port, inner);
	const isNetwork = shape.network !== 'single';
	await define(constantsOf(shape, addresses));
	await Promise.all(logs(stack).map((file) => rm(file, { force: true })));
	const everywhere = (code: string) =>
		isNetwork
			? `foreach ( array( 1, 2 ) as $site ) { switch_to_blog( $site ); ${code} restore_current_blog(); }`
			: code;
	const before = readdressing(stack, shape, addresses);
	await stack.run(
		everywhere(`switch_theme( '${shape.theme === 'block' ? BLOCK_THEME : CLASSIC_THEME}' );`) +
			everywhere(`
				update_option( 'permalink_structure', '${shape.permalinks === 'plain' ? '' : '/%postname%/'}' );
				delete_option( 'rewrite_rules' );`) +
			`require_once ABSPATH . 'wp-admin/includes/plugin.php';
			$result = activate_plugin( '${PLUGIN_FILE}', '', ${isNetwork} );
			if ( is_wp_error( $result ) ) {
				throw new Exception( $result->get_error_message() );
			}`,
		before
	);

	const running: Server[] = [];
	const sites = [];
	for (const address of addresses) {
		const tokenFunction = await startTokenFunction({
			SITE_URL: address.home,
			WORDPRESS_URL: address.inner,
			ESPUTNIK_API_KEY: stack.esputnik.apiKey,
			ESPUTNIK_API_URL: stack.esputnik.apiUrl,
			TRUSTED_PROXIES: '1',
		});
		running.push(tokenFunction);
		sites.push({ ...address, tokenFunction: tokenFunction.url });
	}
	const folder = path.join(stack.folder, 'shape');
	await mkdir(folder, { recursive: true });
	running.push(
		await startNginx(await findPrograms(), folder, {
			php: path.join(stack.folder, 'php.sock'),
			servers: serversOf(shape, path.join(stack.folder, 'site'), sites, port, inner),
		})
	);
	return {
		sites,
		port,
		esputnik: stack.esputnik,
		uninstall: async () =>
			JSON.parse(
				await stack.run(
					`require_once ABSPATH . 'wp-admin/includes/plugin.php';
					deactivate_plugins( '${PLUGIN_FILE}' );
					uninstall_plugin( '${PLUGIN_FILE}' );
					global $wpdb;
					$left = array();
					${everywhere(`$left = array_merge( $left, $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%app_inbox%'" ) );`)}
					echo wp_json_encode( $left );`,
					before
				)
			),
		log: async () =>
			(
				await Promise.all(logs(stack).map((file) => readFile(file, 'utf8').catch(() => '')))
			).join(''),
		async stop() {
			for (const server of running.splice(0).reverse()) {
				await server.stop();
			}
		},
	};
}

const logs = ({ folder }: Stack) => [
	path.join(folder, 'site', WORDPRESS_FOLDER, 'wp-content/debug.log'),
	path.join(folder, 'php.log'),
];

/** nginx's, one for each host, and one for each inner address that is a host of its own. */
function serversOf(
	shape: Shape,
	site: string,
	sites: ShapedSite['sites'],
	port: number,
	inner: number[]
): NginxServer[] {
	const root = shape.place === 'root' ? path.join(site, WORDPRESS_FOLDER) : site;
	const home = shape.place === 'subdirectory' ? WORDPRESS_FOLDER : '';
	const files = shape.place === 'root' ? '' : WORDPRESS_FOLDER;
	const common = {
		root,
		blog: home,
		...(shape.network !== 'single' && {
			rewriting: rewriting(home, files, shape.network === 'network by subdirectory'),
		}),
	};
	const hosts = [...new Set(sites.map(hostOf))];
	return hosts.flatMap((host, index) => {
		const [name, ownPort = port] = host.split(':') as [string, number?];
		const tokenFunctions = Object.fromEntries(
			sites
				.filter((own) => hostOf(own) === host)
				.map((own) => [pathOf(own).slice(0, -1), own.tokenFunction])
		);
		const server = { ...common, tokenFunctions };
		const isNumber = /^[\d.]+$/.test(name);
		return isNumber
			? [{ ...server, listen: `${name}:${ownPort}` }]
			: [
					{ ...server, listen: String(port), name },
					{ ...server, listen: String(inner[index]), host },
				];
	});
}

/** The lines that WordPress's handbook gives for a network on nginx. */
const rewriting = (home: string, files: string, bySubdirectory: boolean) => {
	const folder = `^${home}${bySubdirectory ? '(?:/[_0-9a-zA-Z-]+)?' : ''}`;
	return `
if (!-e $request_filename) {
	rewrite ${folder}(/wp-(?:content|admin|includes).*) ${files}$1 last;
	rewrite ${folder}(/[^/]*\\\\.php)$ ${files}$1 last;
}`;
};
