import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** What a stack is made of: the paths of Debian's programs. */
export interface Programs {
	/** PHP for the command line, of the same version as PHP-FPM. */
	php: string;
	fpm: string;
	mariadb: string;
	/** Makes an empty data folder. */
	mariadbInstall: string;
	nginx: string;
}

const INSTALL =
	'apt-get install -y --no-install-recommends php-fpm php-mysql php-cli php-xml php-mbstring php-curl php-gd mariadb-server nginx-light';

/** What WordPress and the plugin ask of PHP, by the names of `php -m`. */
const EXTENSIONS = ['mysqli', 'dom', 'mbstring', 'curl', 'gd', 'sodium', 'Zend OPcache'];

/** Finds everything, or says in one error what is missing and how to get it. */
export async function findPrograms(): Promise<Programs> {
	const fpm = find(/^php-fpm\d+\.\d+$/);
	const version = fpm?.replace(/^.*php-fpm/, '') ?? '';
	const found = {
		fpm,
		php: find(new RegExp(`^php${version.replace('.', '\\.')}$`)),
		mariadb: find(/^mariadbd$/),
		mariadbInstall: find(/^mariadb-install-db$/),
		nginx: find(/^nginx$/),
	};
	const missing = Object.entries({
		'PHP-FPM': found.fpm,
		PHP: found.php,
		MariaDB: found.mariadb && found.mariadbInstall,
		nginx: found.nginx,
	}).flatMap(([name, file]) => (file ? [] : [name]));
	if (missing.length === 0) {
		const { stdout } = await promisify(execFile)(found.php!, ['-m']);
		const loaded = stdout.split('\n');
		missing.push(
			...EXTENSIONS.filter((name) => !loaded.includes(name)).map((name) => `PHP’s ${name}`)
		);
	}
	if (missing.length > 0) {
		throw new Error(
			`The production stack runs on Debian's packages, and there is no ${missing.join(', no ')}. As root: apt-get update && ${INSTALL}`
		);
	}
	return found as Programs;
}

/** The newest program of this name. Users who are not root often lack the folders for servers. */
function find(name: RegExp): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
	return folders
		.filter((folder) => path.isAbsolute(folder) && existsSync(folder))
		.flatMap((folder) =>
			readdirSync(folder)
				.filter((file) => name.test(file))
				.map((file) => path.join(folder, file))
		)
		.sort((a, b) => path.basename(b).localeCompare(path.basename(a), 'en', { numeric: true }))
		.at(0);
}
