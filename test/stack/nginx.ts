import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stepsOf } from '../../src/admin/sections/set-up-steps.ts';
import type { Programs } from './packages.ts';
import { isRoot, startServer, type Server } from './servers.ts';

export interface NginxOptions {
	/** PHP-FPM's socket. */
	php: string;
	servers: NginxServer[];
}

/** A site, or several that are one WordPress. */
export interface NginxServer {
	/** Its port, on 127.0.0.1 unless it says otherwise: `127.0.0.2:8080`. */
	listen: string;
	/** The host's name, where several have one port. */
	name?: string;
	/** What it serves. */
	root: string;
	/** Where below it WordPress is: '' or `/blog`. */
	blog: string;
	/** The token functions' addresses, by the folders of their sites. */
	tokenFunctions: Record<string, string>;
	/** nginx's lines for a network's addresses. */
	rewriting?: string;
	/** The host that WordPress believes to be asked for. Default: the one that is. */
	host?: string;
}

/** nginx before PHP-FPM and the token function. */
export async function startNginx(
	{ nginx }: Programs,
	folder: string,
	options: NginxOptions
): Promise<Server> {
	const file = path.join(folder, 'nginx.conf');
	await writeFile(file, configuration(folder, options));
	const log = path.join(folder, 'nginx.log');
	const [{ listen }] = options.servers as [NginxServer];
	return startServer(
		nginx,
		['-p', folder, '-c', file, '-e', log],
		Number(listen.split(':').at(-1)),
		log
	);
}

/** In the stack's folder: each request that PHP has had, such as `POST /?app-inbox=identity`. */
export const PHP_LOG = 'php-requests.log';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const configuration = (folder: string, { php, servers }: NginxOptions) => `
${isRoot ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
events {}
http {
include /etc/nginx/mime.types;
access_log off;
log_format php '$request_method $request_uri';
${TEMPORARY.map((name) => `${name}_temp_path ${folder}/nginx-${name};`).join('\n')}
${servers.map((server) => serverLines(server, php, path.join(folder, PHP_LOG))).join('\n')}
}
`;

const serverLines = (
	{ listen, name, root, blog, tokenFunctions, rewriting = '', host = '$http_host' }: NginxServer,
	php: string,
	log: string
) => `
server {
listen ${listen.includes(':') ? listen : `127.0.0.1:${listen}`};
${name ? `server_name ${name};` : ''}
root ${root};
index index.php;
client_max_body_size 16m;

${Object.entries(tokenFunctions)
	.map(([site, tokenFunction]) => guideLines(site, tokenFunction))
	.join('\n')}
${rewriting}

location ${blog}/ {
	try_files $uri $uri/ ${blog}/index.php?$args;
}
location ~ \\.php$ {
	try_files $uri =404;
	access_log ${log} php;
	include /etc/nginx/fastcgi.conf;
	# Without it redirects lose the port.
	fastcgi_param HTTP_HOST ${host};
	fastcgi_pass unix:${php};
}
}
`;

/**
 * The lines that the guide on the settings page tells an owner to copy: those of
 * build/edge/node/nginx.conf, which a test of the guide holds them to. Only the port is another.
 */
function guideLines(blog: string, tokenFunction: string): string {
	const [lines] = stepsOf('nginx', `http://127.0.0.1${blog}`).flatMap(({ code }) =>
		code?.startsWith('location') ? [code] : []
	);
	if (!lines) {
		throw new Error(
			'The guide has no lines for nginx: see src/admin/sections/set-up-steps.ts.'
		);
	}
	return lines.replaceAll('http://127.0.0.1:8787', new URL(tokenFunction).origin);
}
