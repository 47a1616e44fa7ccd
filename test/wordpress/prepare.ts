import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchCore, type CoreVersion } from './cores.ts';
import { inWordPress, outputOf } from './php.ts';
import { startRuntime } from './runtime.ts';

const cache = path.join(import.meta.dirname, '../../.cache/wordpress');

const ours = (name: string) => path.join(import.meta.dirname, name);

/** What decides how an installed WordPress looks: when one of these changes, it is installed anew. */
const ingredients = ['cores.ts', 'prepare.ts', 'quiet.php', 'setup.php', 'wp-config.php'];

/**
 * A folder with an installed WordPress in `site/`, made once per core and never written to again.
 * Two processes may make it at the same time: the first one's stays.
 */
export async function prepare(
	version: CoreVersion,
	php: string,
	onProgress: (text: string) => void
): Promise<string> {
	const hash = createHash('sha256');
	for (const name of ingredients) {
		hash.update(await readFile(ours(name)));
	}
	const prepared = path.join(cache, `${version}-${hash.digest('hex').slice(0, 12)}`);
	if (existsSync(prepared)) {
		return prepared;
	}

	await dropLeftovers(cache, `${version}-`);
	await dropOlder(version);
	const draft = privateFolder(cache, `${version}-`);
	const site = path.join(draft, 'site');
	try {
		onProgress(`Fetching WordPress ${version}`);
		await fetchCore(version, site);
		onProgress(`Installing WordPress ${version}, which takes some 20 seconds the first time`);
		await install(site, path.join(draft, 'runtime'), php);
		await rename(draft, prepared).catch((error: NodeJS.ErrnoException) => {
			if (!existsSync(prepared)) {
				throw error;
			}
		});
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return prepared;
}

/** Removes what earlier ingredients made, unless it is in use. */
async function dropOlder(version: CoreVersion) {
	for (const name of await readdir(cache).catch(() => [])) {
		if (name.startsWith(`${version}-`) && /-[0-9a-f]{12}$/.test(name)) {
			const runs = path.join(cache, name, 'runs');
			await dropLeftovers(runs);
			if (!(await readdir(runs).catch(() => [])).length) {
				await rm(path.join(cache, name), { recursive: true, force: true });
			}
		}
	}
}

/** A name for a folder that belongs to this process and is free to take when it is gone. */
export function privateFolder(parent: string, prefix = ''): string {
	return path.join(parent, `${prefix}${process.pid}.${randomBytes(4).toString('hex')}`);
}

/** Removes what processes that were killed left behind. */
export async function dropLeftovers(parent: string, prefix = '') {
	for (const name of await readdir(parent).catch(() => [])) {
		const owner =
			name.startsWith(prefix) && /^(\d+)\.[0-9a-f]{8}$/.exec(name.slice(prefix.length));
		if (owner && !isRunning(Number(owner[1]))) {
			await rm(path.join(parent, name), { recursive: true, force: true });
		}
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function install(site: string, folder: string, php: string) {
	const config = await readFile(ours('wp-config.php'), 'utf8');
	await writeFile(
		path.join(site, 'wp-config.php'),
		config.replaceAll('%SECRET%', randomBytes(32).toString('hex'))
	);
	await mkdir(path.join(site, 'wp-content/mu-plugins'));
	await mkdir(path.join(site, 'wp-content/uploads'));
	await copyFile(ours('quiet.php'), path.join(site, 'wp-content/mu-plugins/quiet.php'));

	const runtime = await startRuntime({
		php,
		port: 0,
		install: true,
		mounts: [{ hostPath: site, vfsPath: '/wordpress' }],
		folder,
	});
	try {
		outputOf(await runtime.run(inWordPress(await readFile(ours('setup.php'), 'utf8'))));
		// The first page fills what WordPress remembers about its theme.
		await (await fetch(runtime.url)).text();
	} finally {
		await runtime.stop();
	}
	await rm(path.join(site, 'wp-content/debug.log'), { force: true });
}
