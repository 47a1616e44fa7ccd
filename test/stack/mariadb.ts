import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Programs } from './packages.ts';
import { isRoot, runToEnd, startServer, type Server } from './servers.ts';

/** A MariaDB with Debian's defaults, on a socket, and on a port of 127.0.0.1 if that is wanted, whose root needs no password. */
export async function startMariadb(
	{ mariadb, mariadbInstall }: Programs,
	folder: string,
	databases: string[],
	port?: number
): Promise<{ server: Server; socket: string }> {
	const inside = (name: string) => path.join(folder, name);
	const socket = inside('mariadb.sock');
	const own = [
		// The system's configuration is of the system's own server.
		'--no-defaults',
		`--datadir=${inside('data')}`,
		// Without it MariaDB refuses to run as root, as it would in a container.
		...(isRoot ? ['--user=root'] : []),
	];
	await runToEnd(
		mariadbInstall,
		[...own, '--auth-root-authentication-method=normal', '--skip-test-db'],
		inside('mariadb-install.log')
	);
	await writeFile(
		inside('databases.sql'),
		databases.map((name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb4;\n`).join('')
	);
	const server = await startServer(
		mariadb,
		[
			...own,
			`--socket=${socket}`,
			`--pid-file=${inside('mariadb.pid')}`,
			`--init-file=${inside('databases.sql')}`,
			...(port ? ['--bind-address=127.0.0.1', `--port=${port}`] : ['--skip-networking']),
		],
		socket,
		inside('mariadb.log')
	);
	return { server, socket };
}
