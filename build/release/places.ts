/** Every place in the repository where the one version stands; the build takes it from package.json. */
const PLACES: Array<{ file: string; version: RegExp }> = [
	{ file: 'package.json', version: /(?<=^\t"version": ")[^"]+/m },
	{ file: 'package-lock.json', version: /(?<=^\t"version": ")[^"]+/m },
	{
		file: 'package-lock.json',
		version: /(?<=^\t\t"": \{\n\t\t\t"name": "[^"]+",\n\t\t\t"version": ")[^"]+/m,
	},
	{ file: 'plugin/app-inbox-for-esputnik.php', version: /(?<=^ \* Version: +)\S+/m },
	{ file: 'plugin/app-inbox-for-esputnik.php', version: /(?<=^const VERSION = ')[^']+/m },
	{ file: 'plugin/readme.txt', version: /(?<=^Stable tag: )\S+/m },
];

/** The files by their names, as they are. */
export type Texts = Record<string, string>;

export const FILES: readonly string[] = [...new Set(PLACES.map(({ file }) => file))];

/** What stands in each place, in order. */
export const versionsIn = (texts: Texts): string[] =>
	PLACES.map(({ file, version }) => {
		const [found] = version.exec(texts[file] ?? '') ?? [];
		if (found === undefined) {
			throw new Error(`${file} no longer says its version where it did: ${version}`);
		}
		return found;
	});

export function withVersion(texts: Texts, next: string): Texts {
	const changed = { ...texts };
	for (const { file, version } of PLACES) {
		changed[file] = changed[file]!.replace(version, next);
	}
	return changed;
}
