import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findPrograms } from './packages.ts';
import { isRoot, startServer } from './servers.ts';

/** What an owner or a host has written into the configuration of a server in front of the site. */
export interface EdgeLines {
	/** For all of it. */
	http?: string;
	/** Where visitors come in. `http://site` is the site behind it. */
	visitors?: string;
	/** Where the token function comes in, when it is told this address. */
	tokenFunction?: string;
}

export interface EdgePorts {
	/** Where visitors come in: the site's address. */
	visitors: number;
	/** Where the token function comes in, as from a computer of its own. */
	door: number;
	tokenFunction: number;
}

export interface Edge {
	/** Each request at the function's own door: `GET /?app-inbox=keys 200`. */
	asked: () => Promise<string[]>;
	stop: () => Promise<void>;
}

/** nginx in front of a site: a provider's edge, a firewall, a cache. */
export async function startEdge(
	folder: string,
	site: string,
	ports: EdgePorts,
	lines: EdgeLines = {}
): Promise<Edge> {
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, 'nginx.conf');
	const asked = path.join(folder, 'asked.log');
	const log = path.join(folder, 'nginx.log');
	await writeFile(file, configuration(folder, asked, new URL(site).host, ports, lines));
	const { nginx } = await findPrograms();
	const server = await startServer(
		nginx,
		['-p', folder, '-c', file, '-e', log],
		ports.visitors,
		log
	);
	return {
		asked: async () => (await readFile(asked, 'utf8')).split('\n').slice(0, -1),
		stop: server.stop,
	};
}

const configuration = (
	folder: string,
	asked: string,
	site: string,
	{ visitors, door, tokenFunction }: EdgePorts,
	lines: EdgeLines
) => `
${isRoot ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
events {}
http {
access_log off;
log_format asked '$request_method $request_uri $status';
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
proxy_http_version 1.1;
proxy_set_header Host 127.0.0.1:${visitors};
proxy_set_header X-Forwarded-For $remote_addr;
upstream site { server ${site}; }
${lines.http ?? ''}
server {
	listen 127.0.0.1:${visitors};
	${lines.visitors ?? ''}
	location / { proxy_pass http://site; }
	location /app-inbox/ { proxy_pass http://127.0.0.1:${tokenFunction}; }
}
server {
	listen 127.0.0.1:${door};
	access_log ${asked} asked;
	${lines.tokenFunction ?? ''}
	location / { proxy_pass http://site; }
}
}
`;
