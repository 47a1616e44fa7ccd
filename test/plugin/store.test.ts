import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DIST, GTM_TEMPLATE, PLUGIN_NAME, ROOT, STORE } from '../../build/paths.ts';
import { SCREENSHOTS } from '../../build/store.ts';
import { VERSION } from '../../build/version.ts';
import { parseReadme, partsOf, pluginHeader } from './readme.ts';

const text = readFileSync(join(ROOT, 'plugin/readme.txt'), 'utf8');
const readme = parseReadme(text);
const header = pluginHeader(readFileSync(join(ROOT, `plugin/${PLUGIN_NAME}.php`), 'utf8'));
const section = (title: string) => readme.sections.get(title) ?? '';
const words = (texts: string) => texts.split(/\s+/).length;

// Of the directory's guide "How your readme.txt works" and of Plugin Check's plugin_readme.
describe('readme.txt', () => {
	it('has the plugin’s name, and no other’s trademark in front', () => {
		expect(readme.name).toBe(header['Plugin Name']);
		expect(readme.name).toMatch(/ for eSputnik$/);
	});

	it('has every header, each in its form', () => {
		expect(readme.headers).toEqual({
			Contributors: expect.stringMatching(/^[a-z0-9_-]+(, [a-z0-9_-]+)*$/),
			Tags: expect.any(String),
			'Requires at least': expect.stringMatching(/^\d+\.\d+$/),
			'Tested up to': expect.stringMatching(/^\d+\.\d+$/),
			'Requires PHP': expect.stringMatching(/^\d+\.\d+$/),
			'Stable tag': expect.stringMatching(/^\d+\.\d+\.\d+$/),
			License: 'GPL-2.0-or-later',
			'License URI': 'https://www.gnu.org/licenses/gpl-2.0.html',
		});
	});

	it('has five tags at most, each once', () => {
		const tags = readme.headers.Tags!.split(', ');
		expect(tags.length).toBeLessThanOrEqual(5);
		expect(new Set(tags).size).toBe(tags.length);
		// The directory ignores these.
		expect(tags).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(plugin|wordpress)$/i)])
		);
	});

	it('agrees with the plugin’s header and package.json', () => {
		const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		expect(readme.headers['Stable tag']).toBe(VERSION);
		expect(header.Version).toBe(VERSION);
		for (const name of ['Requires at least', 'Requires PHP', 'License', 'License URI']) {
			expect([name, header[name]]).toEqual([name, readme.headers[name]]);
		}
		expect(manifest.license).toBe(readme.headers.License);
		expect(header['Text Domain']).toBe(manifest.name);
	});

	it('has a short description of one line and at most 150 characters', () => {
		expect(readme.shortDescription).toMatch(/^[^\n]{30,150}$/);
		expect(readme.shortDescription).not.toMatch(/[<>*_`[\]]/);
	});

	it('has the sections that the directory shows, in its order', () => {
		const shown = [
			'Description',
			'Installation',
			'Frequently Asked Questions',
			'Screenshots',
			'External services',
			'Changelog',
			'Upgrade Notice',
		];
		const found = [...readme.sections.keys()];
		expect(found.filter((title) => shown.includes(title))).toEqual(shown);
		expect(new Set(found).size).toBe(found.length);
		for (const [title, body] of readme.sections) {
			expect([title, body.length > 0]).toEqual([title, true]);
			// The directory cuts what is longer.
			const most = { 'Frequently Asked Questions': 5000, Changelog: 5000 }[title] ?? 2500;
			expect(words(body)).toBeLessThanOrEqual(most);
		}
		expect(text.length).toBeLessThan(20_000);
	});

	it('answers each question', () => {
		const questions = [...partsOf(section('Frequently Asked Questions'))];
		expect(questions.length).toBeGreaterThan(3);
		for (const [question, answer] of questions) {
			expect(question).toMatch(/\?$|\? .+\?$/);
			expect([question, words(answer) > 2]).toEqual([question, true]);
		}
	});

	it('names each outer service, what it gets, and where its terms are', () => {
		const services = section('External services');
		for (const host of ['cdn.esputnik.com', 'statics.esputnik.com']) {
			expect(services).toContain(host);
		}
		expect(services).toMatch(/user id and e-mail address/);
		expect(services).toMatch(/Terms: https:\/\/\S+/);
		expect(services).toMatch(/privacy: .*https:\/\/\S+/i);
	});

	it('tells of this version, and why to upgrade in at most 300 characters', () => {
		expect([...partsOf(section('Changelog')).keys()][0]).toBe(VERSION);
		const notices = partsOf(section('Upgrade Notice'));
		expect([...notices.keys()][0]).toBe(VERSION);
		for (const notice of notices.values()) {
			expect(notice.length).toBeLessThanOrEqual(300);
		}
	});

	it('has a caption for each screenshot', () => {
		const captions = section('Screenshots').split('\n');
		expect(captions).toHaveLength(SCREENSHOTS.length);
		captions.forEach((caption, index) => {
			expect(caption).toMatch(new RegExp(`^${index + 1}\\. .{20,}\\.$`));
		});
	});
});

/** Width and height out of a PNG's first chunk. */
function pngSize(bytes: Buffer): [number, number] {
	expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
	return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

const MEGABYTE = 1024 * 1024;

describe('the directory’s pictures', () => {
	it('are these and no others', () => {
		const screenshots = SCREENSHOTS.map((_, index) => `screenshot-${index + 1}.png`);
		expect(readdirSync(STORE).sort()).toEqual(
			[
				'banner-1544x500.png',
				'banner-772x250.png',
				'blueprints',
				'icon-128x128.png',
				'icon-256x256.png',
				'icon.svg',
				...screenshots,
			].sort()
		);
	});

	it.each([
		['icon-128x128.png', 128, 128, MEGABYTE],
		['icon-256x256.png', 256, 256, MEGABYTE],
		['banner-772x250.png', 772, 250, 4 * MEGABYTE],
		['banner-1544x500.png', 1544, 500, 4 * MEGABYTE],
	])('%s is as large as it says', (name, width, height, most) => {
		const bytes = readFileSync(join(STORE, name));
		expect(pngSize(bytes)).toEqual([width, height]);
		expect(bytes.length).toBeLessThan(most);
	});

	it('show the README’s screenshots, large enough to read', () => {
		SCREENSHOTS.forEach((name, index) => {
			const bytes = readFileSync(join(STORE, `screenshot-${index + 1}.png`));
			expect(bytes.equals(readFileSync(join(ROOT, `docs/${name}.png`)))).toBe(true);
			expect(pngSize(bytes)[0]).toBeGreaterThanOrEqual(1200);
			expect(bytes.length).toBeLessThan(10 * MEGABYTE);
		});
	});

	it('have the template’s icon', () => {
		expect(readFileSync(join(STORE, 'icon.svg'), 'utf8')).toBe(
			readFileSync(join(GTM_TEMPLATE, 'src/icon.svg'), 'utf8')
		);
	});

	it('are not in the plugin', () => {
		const files = Object.keys(unzipSync(readFileSync(join(DIST, `${PLUGIN_NAME}.zip`))));
		expect(files).toContain(`${PLUGIN_NAME}/readme.txt`);
		expect(files).not.toEqual(
			expect.arrayContaining([
				expect.stringMatching(
					/wordpress-org|blueprint|banner|screenshot|\.png$|\.gif$|\.jpe?g$/
				),
			])
		);
	});
});

describe('the live preview', () => {
	const blueprint = JSON.parse(readFileSync(join(STORE, 'blueprints/blueprint.json'), 'utf8'));

	it('is a blueprint by Playground’s own schema', () => {
		const require = createRequire(import.meta.url);
		const { validateBlueprint } = require('@wp-playground/blueprints') as {
			validateBlueprint: (blueprint: unknown) => { valid: boolean; errors?: unknown };
		};
		expect(validateBlueprint(blueprint)).toEqual({ valid: true });
		expect(validateBlueprint({ ...blueprint, steps: [{ step: 'fly' }] }).valid).toBe(false);
	});

	it('opens the settings page of the plugin in the directory, as an administrator', () => {
		expect(blueprint.login).toBe(true);
		const admin = readFileSync(join(ROOT, 'plugin/includes/admin.php'), 'utf8');
		expect(admin).toContain('add_options_page(');
		expect(blueprint.landingPage).toBe(`/wp-admin/options-general.php?page=${PLUGIN_NAME}`);
		expect(blueprint.steps).toEqual([
			{
				step: 'installPlugin',
				pluginData: { resource: 'wordpress.org/plugins', slug: PLUGIN_NAME },
				options: { activate: true },
			},
		]);
	});

	it('runs on versions that the plugin takes', () => {
		const { php, wp } = blueprint.preferredVersions;
		expect(Number(php)).toBeGreaterThanOrEqual(Number(header['Requires PHP']));
		expect(wp).toBe('latest');
	});
});
