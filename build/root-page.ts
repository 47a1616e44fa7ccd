import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { RootPage } from '../src/edge/types.ts';
import { virtualGtmSources } from './gtm.ts';
import { GTM_TEMPLATE, ROOT_PAGE } from './paths.ts';

/** What `GET /` of the token function shows: one file with its style, its script and its policy. */
export function rootPage(version: string): Promise<RootPage> {
	const page = pages.get(version) ?? buildRootPage(version);
	pages.set(version, page);
	return page;
}

/** Each runtime's bundle asks for the same. */
const pages = new Map<string, Promise<RootPage>>();

async function buildRootPage(version: string): Promise<RootPage> {
	const [html, icon, style, script] = await Promise.all([
		readFile(join(ROOT_PAGE, 'page.html'), 'utf8'),
		readFile(join(GTM_TEMPLATE, 'src/icon.svg'), 'utf8'),
		bundle('page.css'),
		bundle('page.ts'),
	]);
	const parts: Record<string, string> = {
		icon,
		version,
		style: `<style>${stayInside('style', style)}</style>`,
		script: `<script>${stayInside('script', script)}</script>`,
	};
	return {
		html: html
			.replace(/^\s+/gm, '')
			.replace(/<!-- (\w+) -->/g, (mark, name: string) => parts[name] ?? mark),
		policy: [
			"default-src 'none'",
			`style-src ${hash(style)}`,
			`script-src ${hash(script)}`,
			"form-action 'none'",
			"frame-ancestors 'none'",
			"base-uri 'none'",
		].join('; '),
	};
}

async function bundle(name: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(ROOT_PAGE, name)],
		bundle: true,
		minify: true,
		legalComments: 'none',
		format: 'iife',
		target: 'es2020',
		charset: 'utf8',
		plugins: [virtualGtmSources()],
		write: false,
	});
	return outputFiles[0]!.text.trim();
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
