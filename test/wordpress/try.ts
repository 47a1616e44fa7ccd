/** `npx tsx test/wordpress/try.ts 6.3 7.1` starts each version, says in one line how it went. */
import { pathToFileURL } from 'node:url';
import { startWordPress } from './wordpress.ts';

export async function tryVersions(versions: string[]): Promise<boolean> {
	let allGood = true;
	for (const version of versions) {
		const begin = Date.now();
		try {
			const wordpress = await startWordPress({ version });
			const seconds = ((Date.now() - begin) / 1000).toFixed(1);
			try {
				const page = await fetch(wordpress.url);
				const log = await wordpress.log();
				const good = page.ok && (await page.text()).includes('Welcome to Kavarnia') && !log;
				allGood &&= good;
				console.log(
					`${good ? 'ok' : 'FAILED'} WordPress ${wordpress.version}, PHP ${wordpress.php}: ${seconds} s, front page ${page.status}${log && `, log: ${log.trim()}`}`
				);
			} finally {
				await wordpress.stop();
			}
		} catch (error) {
			allGood = false;
			console.log(`FAILED WordPress ${version}: ${(error as Error).message}`);
		}
	}
	return allGood;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	process.exitCode = (await tryVersions(process.argv.slice(2))) ? 0 : 1;
}
