import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

/**
 * Where each core comes from: the old ones from npm, so that a fresh clone needs nothing else;
 * 6.8 and 7.1 from Debian's suites, which the mirror of the system holds as well; the newest from
 * wordpress.org, or from Debian where that is out of reach.
 */
const sources = {
	'6.3': (folder: string) => fromNpm('6.3', folder),
	'6.4': (folder: string) => fromNpm('6.4', folder),
	'6.5': (folder: string) => fromNpm('6.5', folder),
	'6.8': (folder: string) => fromDebian(folder, 'trixie', '6.8'),
	'7.1': (folder: string) => fromDebian(folder, 'sid', '7.1'),
	latest: async (folder: string) => {
		const zip = await latestZip();
		return zip ? unzip(zip, folder, 'wordpress/') : fromDebian(folder, 'sid');
	},
};

export type CoreVersion = keyof typeof sources;

export const coreVersions = Object.keys(sources) as CoreVersion[];

export function isCoreVersion(version: string): version is CoreVersion {
	return Object.hasOwn(sources, version);
}

/** Puts a core into an empty folder: WordPress with its default theme, without a configuration. */
export async function fetchCore(version: CoreVersion, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await sources[version](folder);
	await dropWhatNobodyAsksFor(folder);
}

/** The exact version of a core, such as `6.5.5`. */
export async function versionOfCore(folder: string): Promise<string> {
	return match(path.join(folder, 'wp-includes/version.php'), /\$wp_version\s*=\s*'([^']+)'/);
}

/** PHP files in a zip, static files beside it: WordPress is both, merged. */
async function fromNpm(version: string, folder: string) {
	const builds = path.dirname(
		createRequire(import.meta.url).resolve('@wp-playground/wordpress-builds/package.json')
	);
	await unzip(await readFile(path.join(builds, `src/wordpress/wp-${version}.zip`)), folder);
	await cp(path.join(builds, `public/wp-${version}`), folder, { recursive: true });
}

/** wordpress.org's newest zip, or nothing where it does not answer within five seconds. */
async function latestZip(): Promise<Uint8Array | undefined> {
	const slow = new AbortController();
	const timer = setTimeout(() => slow.abort(), 5_000);
	try {
		const response = await fetch('https://wordpress.org/latest.zip', { signal: slow.signal });
		clearTimeout(timer);
		return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
	} catch {
		return undefined;
	} finally {
		clearTimeout(timer);
	}
}

async function unzip(zip: Uint8Array, folder: string, strip = '') {
	const folders = new Set<string>();
	for (const [name, content] of Object.entries(unzipSync(zip))) {
		if (name.endsWith('/') || !name.startsWith(strip)) {
			continue;
		}
		const file = path.join(folder, name.slice(strip.length));
		if (!folders.has(path.dirname(file))) {
			folders.add(path.dirname(file));
			await mkdir(path.dirname(file), { recursive: true });
		}
		await writeFile(file, content);
	}
}

/** Debian keeps the libraries that WordPress bundles in packages of their own. */
const debianPackages = [
	'wordpress',
	'wordpress-theme-twentytwentyfive',
	'libphp-phpmailer',
	'php-getid3',
	'libjs-underscore',
	'libjs-lodash',
	'libjs-jquery-ui',
	'libjs-cropper',
	'libjs-jquery',
];

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Packages are only downloaded and unpacked: the system's own lists and packages stay as they are. */
async function fromDebian(folder: string, suite: 'trixie' | 'sid', wanted?: string) {
	for (const needed of ['/usr/bin/apt-get', '/usr/bin/dpkg-deb', keyring]) {
		if (!existsSync(needed)) {
			throw new Error(
				`WordPress ${wanted ?? 'latest'} comes from Debian's archive here, and ${needed} is missing: run this on Debian, or ask for another version.`
			);
		}
	}
	const work = `${folder}.debian`;
	const inside = (name: string) => path.join(work, name);
	for (const name of ['lists/partial', 'cache/archives/partial', 'packages', 'root']) {
		await mkdir(inside(name), { recursive: true });
	}
	await writeFile(
		inside('suite.list'),
		`deb [signed-by=${keyring}] ${await debianMirror()} ${suite} main\n`
	);
	const apt = (...command: string[]) =>
		run(
			'/usr/bin/apt-get',
			[
				...['-q', '-o', `Dir::Etc::SourceList=${inside('suite.list')}`],
				...['-o', 'Dir::Etc::SourceParts=-', '-o', 'Dir::Etc::Preferences=-'],
				...['-o', 'Dir::Etc::PreferencesParts=-', '-o', 'APT::Default-Release='],
				...['-o', `Dir::State::Lists=${inside('lists')}`],
				...['-o', `Dir::Cache=${inside('cache')}`],
				...['-o', 'Acquire::Languages=none'],
				// As root, apt would hand the download to a user who may not enter this folder.
				...['-o', 'APT::Sandbox::User=root'],
				...command,
			],
			inside('packages')
		);
	try {
		await apt('update');
		await apt('download', ...debianPackages);
		for (const file of await readdir(inside('packages'))) {
			await run('/usr/bin/dpkg-deb', ['-x', file, inside('root')], inside('packages'));
		}
		await copyFollowingLinks(inside('root/usr/share/wordpress'), folder);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
	const found = await versionOfCore(folder);
	if (wanted && !found.startsWith(`${wanted}.`) && found !== wanted) {
		throw new Error(
			`Debian's ${suite} suite holds WordPress ${found} now, no longer ${wanted}: ask for "latest".`
		);
	}
}

/** The mirror that this system uses already; it may be the only one within reach. */
async function debianMirror(): Promise<string> {
	const known = await run('/usr/bin/apt-get', ['indextargets', '--format', '$(SITE)']).catch(
		() => ''
	);
	return (
		known.split('\n').find((address) => /^https?:.*\/debian\/?$/.test(address)) ??
		'https://deb.debian.org/debian'
	);
}

async function run(command: string, argv: string[], cwd?: string): Promise<string> {
	try {
		return (await promisify(execFile)(command, argv, { cwd, timeout: 120_000 })).stdout;
	} catch (error) {
		const { stderr = '', message } = error as Error & { stderr?: string };
		const reason = stderr.split('\n').find((line) => line.startsWith('E:')) ?? message;
		throw new Error(`${path.basename(command)} failed: ${reason}`);
	}
}

/** Debian links libraries into WordPress; links to files of packages that are not here end nowhere. */
async function copyFollowingLinks(from: string, to: string) {
	await cp(from, to, {
		recursive: true,
		dereference: true,
		filter: async (source) => Boolean(await stat(source).catch(() => undefined)),
	});
}

/**
 * Halves a core on disk: other themes, the bundled plugins, and the readable twins of minified
 * scripts (so `SCRIPT_DEBUG` does not work here).
 */
async function dropWhatNobodyAsksFor(folder: string) {
	const inside = (name: string) => path.join(folder, name);
	for (const name of [
		'wp-config.php',
		'wordpress-remote-asset-paths',
		'.default_theme',
		'wp-content/database',
		'wp-content/plugins',
	]) {
		await rm(inside(name), { recursive: true, force: true });
	}
	await mkdir(inside('wp-content/plugins'));

	const theme = await match(
		inside('wp-includes/default-constants.php'),
		/'WP_DEFAULT_THEME',\s*'([^']+)'/
	);
	const themes = await readdir(inside('wp-content/themes'), { withFileTypes: true });
	for (const other of themes.filter(({ name }) => name !== theme)) {
		await rm(inside(`wp-content/themes/${other.name}`), { recursive: true });
	}

	// A handful of scripts is registered by its readable name alone, `svg-painter` for one.
	const registered = await readFile(inside('wp-includes/script-loader.php'), 'utf8');
	for (const scripts of ['wp-includes/js', 'wp-admin/js']) {
		const files = new Set(await readdir(inside(scripts), { recursive: true }));
		for (const file of files) {
			const hasTwin = file.endsWith('.js') && files.has(file.replace(/\.js$/, '.min.js'));
			if (hasTwin && !registered.includes(`/${scripts}/${file}'`)) {
				await rm(inside(`${scripts}/${file}`));
			}
		}
	}
}

async function match(file: string, pattern: RegExp): Promise<string> {
	const found = pattern.exec(await readFile(file, 'utf8'))?.[1];
	if (!found) {
		throw new Error(`${file} does not say what was looked for: ${pattern}`);
	}
	return found;
}
