import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PLUGIN_NAME, ROOT } from '../paths.ts';
import { messagesOfHeader, messagesOfPhp } from './from-php.ts';
import { messagesOfTypeScript } from './from-typescript.ts';
import { merged, type Message } from './message.ts';

const MAIN_FILE = `plugin/${PLUGIN_NAME}.php`;

/** Translates what src/settings has marked, by a variable: nothing to find in it. */
const AT_RUN_TIME = 'src/admin/translate.ts';

/** All that people read in WordPress, in the order of the sources. */
export async function messagesOfSources(): Promise<Message[]> {
	const messages = messagesOfHeader(MAIN_FILE, await read(MAIN_FILE));
	for (const file of await filesIn('plugin', /\.php$/)) {
		messages.push(...messagesOfPhp(file, await read(file)));
	}
	for (const file of await filesIn('src', /\.tsx?$/)) {
		if (file !== AT_RUN_TIME) {
			messages.push(...messagesOfTypeScript(file, await read(file)));
		}
	}
	return merged(messages);
}

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

async function filesIn(folder: string, names: RegExp): Promise<string[]> {
	const files = await readdir(join(ROOT, folder), { recursive: true });
	return files
		.filter((name) => names.test(name))
		.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
		.sort();
}
