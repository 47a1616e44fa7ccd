import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Programs } from './packages.ts';
import { isRoot, startServer, type Server } from './servers.ts';

/** PHP-FPM with a fixed number of workers, which share one opcache. */
export async function startFpm(
	{ fpm }: Programs,
	folder: string,
	workers: number
): Promise<{ server: Server; socket: string }> {
	const inside = (name: string) => path.join(folder, name);
	const socket = inside('php.sock');
	await writeFile(
		inside('php-fpm.conf'),
		`[global]
error_log = ${inside('php-fpm.log')}
daemonize = no
[www]
${isRoot ? 'user = root\ngroup = root' : ''}
listen = ${socket}
pm = static
pm.max_children = ${workers}
`
	);
	const server = await startServer(
		fpm,
		[
			...['--nodaemonize', '--fpm-config', inside('php-fpm.conf'), '-c', inside('php.ini')],
			...(isRoot ? ['--allow-to-run-as-root'] : []),
		],
		socket,
		inside('php-fpm.log')
	);
	return { server, socket };
}

/** Debian's php.ini for production, as far as WordPress feels it. */
export const writePhpIni = (folder: string) =>
	writeFile(
		path.join(folder, 'php.ini'),
		`memory_limit = 128M
error_reporting = E_ALL
display_errors = Off
log_errors = On
error_log = ${path.join(folder, 'php.log')}
output_buffering = 4096
variables_order = "GPCS"
request_order = "GP"
date.timezone = UTC
sys_temp_dir = ${folder}
sendmail_path = /bin/true
opcache.enable = 1
opcache.memory_consumption = 128
`
	);

/**
 * Runs PHP inside the WordPress at this path, as a person with a shell on the server would.
 * With `before`, PHP such as `define` that WordPress has to find when it comes.
 */
export async function runPhp(
	{ php }: Programs,
	folder: string,
	wordpress: string,
	code: string,
	before = ''
): Promise<string> {
	const name = path.join(folder, randomBytes(6).toString('hex'));
	await writeFile(`${name}.code.php`, `<?php ${code.replace(/^\s*<\?php/, '')}`);
	await writeFile(
		`${name}.php`,
		`<?php
$_SERVER += array( 'HTTP_HOST' => 'localhost', 'SERVER_NAME' => 'localhost', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1' );
define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
${before}
try {
	require '${wordpress}/wp-load.php';
	require '${name}.code.php';
} catch ( Throwable $error ) {
	fwrite( STDERR, get_class( $error ) . ': ' . $error->getMessage() . ' in line ' . $error->getLine() . ' of ' . basename( $error->getFile() ) );
	exit( 1 );
}
`
	);
	try {
		const argv = ['-c', path.join(folder, 'php.ini'), `${name}.php`];
		return (await promisify(execFile)(php, argv, { maxBuffer: 2 ** 28 })).stdout;
	} catch (error) {
		const { stderr = '', stdout = '', message } = error as Error & Record<string, string>;
		throw new Error(`PHP: ${stderr || stdout || message}`);
	} finally {
		await Promise.all([rm(`${name}.php`), rm(`${name}.code.php`)]);
	}
}

/** A JSON value as a PHP expression. */
export function literal(value: unknown): string {
	const json = Buffer.from(JSON.stringify(value)).toString('base64');
	return `json_decode( base64_decode( '${json}' ), true )`;
}
