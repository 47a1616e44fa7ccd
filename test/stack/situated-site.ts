import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startTokenFunction, type TokenFunction } from '../site/token-function.ts';
import { startEdge, type Edge, type EdgePorts } from './edge.ts';
import { freePort, type Server } from './servers.ts';
import type { Situation } from './situations.ts';
import { startStack, type Stack } from './stack.ts';

/** One site that can be brought into each situation. */
export interface SituatedSite {
	/** Its address, the same in all of them. */
	url: string;
	stack: Stack;
	/** Brings it into a situation, and out of the one before. */
	bringInto: (situation: Situation) => Promise<Surroundings>;
	/** Its notices about our plugin: it has a lot of its own in some of the situations. */
	ownLog: () => Promise<string[]>;
	stop: () => Promise<void>;
}

interface Surroundings {
	/** Started for this situation, so that it knows nothing yet. */
	tokenFunction: TokenFunction;
	/** What it has asked so far, if it was told to come in at its own door. */
	asked: Edge['asked'];
	end: () => Promise<void>;
}

/** Pages asked for with this name the token function at an address of its own; others at the site's. */
export const ELSEWHERE = 'elsewhere';

const THEME = 'twentytwentyfour';

export async function startSituatedSite(): Promise<SituatedSite> {
	const [visitors, door, tokenFunction] = await Promise.all([freePort(), freePort(), freePort()]);
	const url = `http://127.0.0.1:${visitors}`;
	const stack = await startStack({
		// A file of another name each time: opcache may know those of before.
		config: `
			foreach ( glob( dirname( __DIR__ ) . '/config-*.php' ) as $file ) {
				require $file;
			}`,
		muPlugin: `
			add_filter( 'option_app_inbox_for_esputnik', static function ( $settings ) {
				$origin = isset( $_GET['${ELSEWHERE}'] ) ? 'http://127.0.0.1:${tokenFunction}' : '${url}';
				return array( 'endpoint' => $origin . '/app-inbox/token' ) + (array) $settings;
			} );`,
	});
	try {
		await stack.run(`update_option( 'siteurl', '${url}' ); update_option( 'home', '${url}' );`);
	} catch (error) {
		await stack.stop();
		throw error;
	}
	let number = 0;
	let surroundings: Surroundings | undefined;
	return {
		url,
		stack,
		async bringInto(situation) {
			await surroundings?.end();
			const ports = { visitors, door, tokenFunction };
			return (surroundings = await surround(stack, url, ports, situation, ++number));
		},
		ownLog: async () =>
			(await stack.log())
				.split('\n')
				.filter((line) => line.includes('app-inbox-for-esputnik/')),
		async stop() {
			await surroundings?.end();
			await stack.stop();
		},
	};
}

async function surround(
	stack: Stack,
	url: string,
	ports: EdgePorts,
	{ config, plugin, functions, edge, asks }: Situation,
	number: number
): Promise<Surroundings> {
	const content = path.join(stack.folder, 'site/wp-content');
	const theme = `situation-${number}`;
	const files = {
		[path.join(stack.folder, `config-${number}.php`)]: config,
		[path.join(content, `mu-plugins/situation-${number}.php`)]: plugin,
		...(functions !== undefined && {
			[path.join(content, `mu-plugins/theme-${number}.php`)]:
				`<?php add_filter( 'pre_option_stylesheet', static function () { return '${theme}'; } );`,
			[path.join(content, 'themes', theme, 'style.css')]: `/*\nTemplate: ${THEME}\n*/`,
			[path.join(content, 'themes', theme, 'functions.php')]: functions,
		}),
	};
	const running: Server[] = [];
	const end = async () => {
		for (const server of running.splice(0)) {
			await server.stop();
		}
		await Promise.all(Object.keys(files).map((file) => rm(file, { force: true })));
	};
	try {
		for (const [file, text] of Object.entries(files)) {
			if (text !== undefined) {
				await mkdir(path.dirname(file), { recursive: true });
				await writeFile(file, text);
			}
		}
		const folder = path.join(stack.folder, `edge-${number}`);
		const front = await startEdge(folder, stack.url, ports, edge);
		running.push(front);
		const inner = { door: `http://127.0.0.1:${ports.door}`, inner: stack.url };
		const tokenFunction = await startTokenFunction({
			PORT: String(ports.tokenFunction),
			SITE_URL: url,
			ESPUTNIK_API_KEY: stack.esputnik.apiKey,
			ESPUTNIK_API_URL: stack.esputnik.apiUrl,
			TRUSTED_PROXIES: '1',
			...(asks && { WORDPRESS_URL: inner[asks] }),
		});
		running.push(tokenFunction);
		return { tokenFunction, asked: front.asked, end };
	} catch (error) {
		await end();
		throw error;
	}
}
