import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { RootPage } from '../src/edge/types.ts';
import { inputsOf } from './bundled.ts';
import { virtualGtmSources } from './gtm.ts';
import { GTM_TEMPLATE, ROOT, ROOT_PAGE } from './paths.ts';

/** What `GET /` of the token function shows: one file with its style, its script and its policy. */
export const rootPage = async (version: string): Promise<RootPage> => (await built(version)).page;

/** The files that its script is made of. */
export const rootPageInputs = async (version: string): Promise<string[]> =>
	(await built(version)).inputs;

/** Each runtime's bundle asks for the same. */
function built(version: string): Promise<Built> {
	const page = pages.get(version) ?? buildRootPage(version);
	pages.set(version, page);
	return page;
}

const pages = new Map<string, Promise<Built>>();

interface Built {
	page: RootPage;
	inputs: string[];
}

async function buildRootPage(version: string): Promise<Built> {
	const [html, icon, style, script] = await Promise.all([
		readFile(join(ROOT_PAGE, 'page.html'), 'utf8'),
		readFile(join(GTM_TEMPLATE, 'src/icon.svg'), 'utf8'),
		bundle('page.css'),
		bundle('page.ts'),
	]);
	const parts: Record<string, string> = {
		icon,
		version,
		style: `<style>${stayInside('style', style.text)}</style>`,
		script: `<script>${stayInside('script', script.text)}</script>`,
	};
	const page = {
		html: html
			.replace(/^\s+/gm, '')
			.replace(/<!-- (\w+) -->/g, (mark, name: string) => parts[name] ?? mark),
		policy: [
			"default-src 'none'",
			`style-src ${hash(style.text)}`,
			`script-src ${hash(script.text)}`,
			"form-action 'none'",
			"frame-ancestors 'none'",
			"base-uri 'none'",
		].join('; '),
	};
	return { page, inputs: [...style.inputs, ...script.inputs] };
}

async function bundle(name: string): Promise<{ text: string; inputs: string[] }> {
	const { outputFiles, metafile } = await build({
		entryPoints: [join(ROOT_PAGE, name)],
		bundle: true,
		minify: true,
		legalComments: 'none',
		format: 'iife',
		target: 'es2020',
		charset: 'utf8',
		plugins: [virtualGtmSources()],
		metafile: true,
		absWorkingDir: ROOT,
		write: false,
	});
	return { text: outputFiles[0]!.text.trim(), inputs: inputsOf(metafile) };
}

/**
 * Inside an element nothing may look like its end, or like a comment in which the end does not count.
 * esbuild escapes ends in strings; no escape of ours would be right in every place of a style or a script.
 *
 * @throws Error for text that would not stay inside.
 */
export function stayInside(element: 'style' | 'script', text: string): string {
	const [found] = new RegExp(`</${element}|<!--`, 'i').exec(text) ?? [];
	if (found) {
		throw new Error(
			`The ${element} of the page contains ${found}, which HTML would not take for text. Write it in another way.`
		);
	}
	return text;
}

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
