import { readFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBundled } from './bundled.ts';
import { licenceTexts, noticesIn } from './licences/texts.ts';
import { GTM_TEMPLATE, ROOT } from './paths.ts';
import { folderOf, packagesOf, type Package } from './release/packages.ts';

export const LICENCES = 'THIRD-PARTY-LICENSES.txt';

/**
 * What may be bundled in a work under GPL-2.0-or-later, and so in a plugin of wordpress.org:
 * https://www.gnu.org/licenses/license-list.html, of which Apache-2.0 goes with version 3 only. Not in
 * that list: BlueOak-1.0.0, which asks for nothing but its text (https://blueoakcouncil.org/license-faq).
 */
const GPL_COMPATIBLE: readonly string[] = [
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'MIT',
	'MPL-2.0',
];

/** Writes beside these bundles, named as in dist/bundled/, the licences of the packages in them. */
export async function writeLicences(folder: string, bundles: string[]): Promise<void> {
	await writeFile(join(folder, LICENCES), await licencesOfBundles(bundles));
}

/** For a script that people download alone: the same at its end. */
export async function appendLicences(script: string, bundles: string[]): Promise<void> {
	const text = await licencesOfBundles(bundles);
	await appendFile(script, `/*\n${text.replaceAll('*/', '* /')}*/\n`);
}

async function licencesOfBundles(bundles: string[]): Promise<string> {
	const bundled = await readBundled();
	return licencesOf(bundles.flatMap((bundle) => bundled.get(bundle)!));
}

/**
 * The bundles' minifiers leave comments out, and with them the notices that licences ask to keep: here
 * are all that the packages of these files have. Each text stands once, below the packages that it is of.
 *
 * @throws Error for a package without a licence, or with one that is not in the list above.
 */
export function licencesOf(files: string[], root = ROOT): string {
	const titles = new Map<string, string[]>();
	const add = (text: string, title: string) =>
		titles.set(text, [...(titles.get(text) ?? []), title]);
	const packages = packagesOf(files, root);
	for (const found of packages) {
		const title = `${found.name} ${found.version} (${found.license})`;
		const texts = licenceTexts(join(root, found.folders[0]!));
		refuseUnlicensed(found, texts);
		texts.forEach((text) => add(text, title));
		const its = files.filter((file) => found.folders.includes(folderOf(file) ?? ''));
		const notices = its.flatMap((file) => noticesIn(readFileSync(join(root, file), 'utf8')));
		for (const notice of [...new Set(notices)].sort()) {
			add(notice, `${title}: a notice in its code`);
		}
	}
	const compiled = files.filter((file) => file.endsWith('-wasm.js'));
	for (const text of new Set(compiled.map(compiledLicence))) {
		add(text, 'llhttp (MIT), compiled, in undici');
	}
	// Some packages only point to this licence, which has to be handed on in full.
	const apache = packages.some(({ license }) => license === 'Apache-2.0');
	if (
		apache &&
		![...titles.keys()].some((text) => text.includes('TERMS AND CONDITIONS FOR USE'))
	) {
		licenceTexts(GTM_TEMPLATE).forEach((text) => add(text, 'Apache-2.0'));
	}
	const sections = [...titles].map(([text, its]) => `${RULE}\n${its.join('\n')}\n\n${text}\n`);
	return `${HEAD}\n${sections.join('\n')}`;
}

/** Of what a package has compiled in it, and has no notice for: Node's own LICENSE has it. */
function compiledLicence(file: string): string {
	if (!file.includes('/undici/lib/llhttp/')) {
		throw new Error(`${file} is bundled: see whose it is, and hand its licence on.`);
	}
	return readFileSync(join(import.meta.dirname, 'licences/llhttp.txt'), 'utf8').trimEnd();
}

const RULE = '='.repeat(80);
const HEAD = `App Inbox has parts of the packages below in it. Their licences and notices follow, each text
once, below all packages that it is of.
`;

function refuseUnlicensed({ name, version, license }: Package, texts: string[]): void {
	const id = `${name} ${version}`;
	// Of several to choose from one is enough. Other expressions need a person to read them.
	const choices = /^\(?([\w.-]+(?: OR [\w.-]+)*)\)?$/.exec(license)?.[1]?.split(' OR ') ?? [];
	if (!choices.some((choice) => GPL_COMPATIBLE.includes(choice))) {
		throw new Error(
			`${id} is bundled, and its licence, ${license}, is not among those that go with the GPL: see GPL_COMPATIBLE in build/licences.ts.`
		);
	}
	if (texts.length === 0) {
		throw new Error(
			`${id} is bundled, and has no LICENSE file that could go with it, as ${license} asks.`
		);
	}
}
