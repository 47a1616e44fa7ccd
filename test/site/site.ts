import { defaultSettings } from '../../src/settings/schema.ts';
import { PLUGIN } from '../../build/paths.ts';
import { startEsputnik, type Esputnik, type SeedInput } from '../esputnik/server.ts';
import { startWordPress, type WordPress } from '../wordpress/wordpress.ts';
import { startGateway } from './gateway.ts';
import { startTokenFunction, type TokenFunction } from './token-function.ts';

export interface SiteOptions {
	/** The core, as `startWordPress` takes it. */
	wordpress?: string;
	/** The token function at an address of its own. Default: at the site's. */
	elsewhere?: boolean;
	/** eSputnik at an address of its own too, as in life, so that its requests tell themselves apart. */
	foreignEsputnik?: boolean;
	/** Account and contacts of eSputnik's, instead of the example. */
	seed?: SeedInput;
	/** The site's port; 0, the default, picks a free one. */
	port?: number;
	/** Over what the site needs to work. */
	settings?: Record<string, unknown>;
	/** PHP for `wp-content/mu-plugins/`. */
	muPlugin?: string;
	/** Over what the token function needs to work. */
	env?: Record<string, string>;
	onProgress?: (text: string) => void;
}

export interface Site {
	/** The site's address, where WordPress is. */
	url: string;
	esputnik: Esputnik;
	wordpress: WordPress;
	tokenFunction: TokenFunction;
	/** A further token function for this site, of this environment beside what it needs to work. */
	startTokenFunction: (env: Record<string, string>) => Promise<TokenFunction>;
	/** Stores another address of the token function in the plugin's settings. */
	setEndpoint: (endpoint: string) => Promise<unknown>;
	/** Puts another server at a path of the site's, as `/app-inbox`; gives back a way to undo it. */
	reroute: (path: string, to: string) => () => void;
	stop: () => Promise<void>;
}

/**
 * A whole site: a real WordPress with the built plugin set up, the built token function, and the
 * stand-in eSputnik, behind one address.
 */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
	const { elsewhere = false, foreignEsputnik = false, onProgress = () => {} } = options;
	const running: { stop: () => Promise<void> }[] = [];
	const started = <T extends { stop: () => Promise<void> }>(server: T): T => {
		running.unshift(server);
		return server;
	};
	const stop = async () => {
		for (const server of running.splice(0)) {
			await server.stop();
		}
	};
	try {
		const gateway = started(await startGateway(options.port ?? 0));
		const esputnik = started(
			await startEsputnik({
				...(!foreignEsputnik && { basePath: '/esputnik' }),
				...(options.seed && { seed: options.seed }),
			})
		);
		const esputnikUrl = foreignEsputnik ? esputnik.url : `${gateway.url}/esputnik`;
		gateway.route('/esputnik', new URL(esputnik.url).origin);

		onProgress('Starting the token function');
		const tokenFunctionWith = (env: Record<string, string> = {}) =>
			startTokenFunction({
				SITE_URL: gateway.url,
				ESPUTNIK_API_KEY: esputnik.apiKey,
				ESPUTNIK_API_URL: esputnik.apiUrl,
				...env,
			});
		const tokenFunction = started(await tokenFunctionWith(options.env));
		gateway.route('/app-inbox', new URL(tokenFunction.url).origin);

		const endpoint = `${elsewhere ? tokenFunction.url : `${gateway.url}/app-inbox`}/token`;
		const wordpress = started(
			await startWordPress({
				...(options.wordpress && { version: options.wordpress }),
				plugin: PLUGIN,
				siteUrl: gateway.url,
				settings: completeSettings(esputnik, endpoint, options.settings),
				muPlugin: `<?php
					// The stand-in's address takes the place of cdn.esputnik.com.
					add_filter( 'app_inbox_for_esputnik_config', static function ( $config ) {
						return array( 'scriptHost' => '${esputnikUrl}' ) + $config;
					} );
					${options.muPlugin ?? ''}`,
				onProgress,
			})
		);
		gateway.route('/', wordpress.url);
		return {
			url: gateway.url,
			esputnik,
			wordpress,
			tokenFunction,
			startTokenFunction: tokenFunctionWith,
			setEndpoint: (address) =>
				wordpress.run(`
					$settings = get_option( 'app_inbox_for_esputnik' );
					$settings['endpoint'] = '${address}';
					update_option( 'app_inbox_for_esputnik', $settings );
				`),
			reroute: gateway.route,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

const completeSettings = (
	esputnik: Esputnik,
	endpoint: string,
	changes: Record<string, unknown> = {}
) => ({ ...defaultSettings(), scriptId: esputnik.scriptId, endpoint, ...changes });
