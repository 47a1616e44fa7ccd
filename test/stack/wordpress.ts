import { randomBytes } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PLUGIN, PLUGIN_NAME } from '../../build/paths.ts';
import { literal } from './php.ts';

export interface Furniture {
	database: string;
	/** MariaDB's. */
	socket: string;
	/** The stand-in's address. */
	esputnik: string;
	debug?: boolean;
	/** PHP for the beginning of wp-config.php. */
	config?: string;
	/** PHP for `wp-content/mu-plugins/`. */
	muPlugin?: string;
}

/** Gives a core its configuration, the plugin, and what keeps a WordPress without internet quiet. */
export async function furnish(wordpress: string, furniture: Furniture): Promise<void> {
	const { database, socket, esputnik, debug = true, config = '', muPlugin = '' } = furniture;
	const content = path.join(wordpress, 'wp-content');
	const template = await readFile(beside('wp-config.php'), 'utf8');
	await writeFile(
		path.join(wordpress, 'wp-config.php'),
		template
			.replace('/* %FIRST% */', () => config)
			.replaceAll('%DATABASE%', database)
			.replaceAll('%SOCKET%', socket)
			.replaceAll('%SECRET%', randomBytes(32).toString('hex'))
			.replaceAll('%DEBUG%', String(debug))
	);
	await mkdir(path.join(content, 'mu-plugins'));
	await mkdir(path.join(content, 'uploads'), { recursive: true });
	// A copy: WordPress deletes it in a test.
	await cp(PLUGIN, path.join(content, 'plugins', PLUGIN_NAME), { recursive: true });
	await copyFile(beside('../wordpress/quiet.php'), path.join(content, 'mu-plugins/quiet.php'));
	await writeFile(
		path.join(content, 'mu-plugins/test.php'),
		`<?php
		// The stand-in's address takes the place of cdn.esputnik.com.
		add_filter( 'app_inbox_for_esputnik_config', static function ( $config ) {
			return array( 'scriptHost' => '${esputnik}' ) + $config;
		} );
		${muPlugin}`
	);
}

/**
 * What the form of wp-admin/install.php does, and then what makes a small shop of it.
 *
 * @param run Runs PHP inside WordPress, the second argument before WordPress is there.
 * @param url The site's address.
 */
export async function install(
	run: (code: string, before?: string) => Promise<string>,
	url: string
): Promise<void> {
	await run(
		`require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		wp_install( 'Kavarnia', 'admin', 'admin@example.com', true, '', 'password' );`,
		`define( 'WP_INSTALLING', true );
		define( 'WP_SITEURL', ${literal(url)} );`
	);
	await run(await readFile(beside('../wordpress/setup.php'), 'utf8'));
}

const beside = (name: string) => path.join(import.meta.dirname, name);
