import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from 'php-parser';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { defaultSettings } from '../../src/settings/schema.ts';

const docs = readFileSync(join(ROOT, 'docs/hooks.md'), 'utf8');
const folder = join(ROOT, 'plugin');
const php = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.php'))
	.map((name) => readFileSync(join(folder, name), 'utf8'))
	.join('\n');

const found = (text: string, pattern: RegExp) =>
	[...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();

const filters = found(php, /apply_filters\(\s*'(app_inbox\w+)'/g);
const actions = found(php, /do_action\(\s*'(app_inbox\w+)'/g);
const sections = docs.split(/^## /m).slice(1);

describe('docs/hooks.md', () => {
	it('has what the plugin has, and the plugin what it has', () => {
		expect(filters.length).toBeGreaterThan(4);
		const documented = found(docs, /^## `(\w+)`$/gm);
		expect(documented).toEqual([...filters, ...actions, 'APP_INBOX_FOR_ESPUTNIK'].sort());
		// None is called by a name that is put together, where nobody would find it.
		expect(php).not.toMatch(/(apply_filters|do_action)\(\s*[^'\s]/);
	});

	it.each(sections)('%s', (section) => {
		const [, name = ''] = /^`(\w+)`\n/.exec(section)!;
		const examples = found(section, /```php\n([^]*?)```/g);
		expect(examples).toHaveLength(1);
		const [example = ''] = examples;
		const engine = new Engine({ parser: { version: '7.4' }, ast: {} });
		expect(() => engine.parseCode(`<?php ${example}`, 'example.php')).not.toThrow();
		const filterOrConstant = filters.includes(name) ? 'add_filter' : 'define';
		const call = actions.includes(name) ? 'add_action' : filterOrConstant;
		expect(example.replace(/\s/g, '')).toContain(`${call}('${name}'`);
	});

	it('explains each filter in the code, too', () => {
		for (const name of [...filters, ...actions]) {
			expect(php, name).toMatch(
				new RegExp(
					`/\\*\\*[^/]*@param[^/]*\\*/\\s*[^;]*\\b(apply_filters|do_action)\\( '${name}'`
				)
			);
		}
	});

	it('is what Site Health looks for', () => {
		const [, list = ''] = /const FILTERS = array\(([^)]*)\)/.exec(php)!;
		expect(found(list, /'(\w+)'/g)).toEqual(filters);
	});

	it('has settings in its example that exist', () => {
		const example = sections.at(-1)!;
		const names = found(example, /'(\w+)' *=>/g);
		const known = [
			...Object.keys(defaultSettings()),
			...Object.keys(defaultSettings().features),
		];
		expect(names.length).toBeGreaterThan(1);
		expect(known).toEqual(expect.arrayContaining(names));
	});
});
