import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EDITIONS, type Edition } from '../../src/gtm/sources.ts';
import { galleryTemplate, siteTemplate } from '../../src/gtm/index.ts';
import { settingsOf, sources } from './example.ts';
import { lintPermissions } from './sandbox/lint-permissions.ts';
import { explain, lintCode } from './sandbox/lint.ts';
import { mutantsOf, unnoticed } from './sandbox/mutations.ts';
import { parseTemplate } from './sandbox/parse-template.ts';
import { runTests } from './sandbox/run-tests.ts';

const TEXTS: Record<Edition, string> = {
	gallery: galleryTemplate(sources),
	site: siteTemplate(sources, settingsOf()),
};

describe.each(EDITIONS)('the template of the %s edition', (edition) => {
	const template = parseTemplate(TEXTS[edition]);

	it('is in the language of Tag Manager’s sandbox', () => {
		expect(lintCode(template.code).map(explain)).toEqual([]);
	});
	it('has the permissions that it needs, and no other', () => {
		expect(lintPermissions(template)).toEqual([]);
	});
	it('has at least 15 scenarios', () => {
		expect(template.scenarios.length).toBeGreaterThanOrEqual(15);
	});
	it.each(runTests(template))('$name', ({ assertions, failures }) => {
		expect(failures).toEqual([]);
		expect(assertions).toBeGreaterThan(0);
	});
	it('has no fault that its scenarios would not notice', () => {
		expect(mutantsOf(template.code).length).toBeGreaterThan(150);
		expect(unnoticed(template).map(({ line, name }) => `line ${line}: ${name}`)).toEqual([]);
	});
});

it('the committed template passes too', async () => {
	const committed = await readFile(
		new URL('../../gtm-template/template.tpl', import.meta.url),
		'utf8'
	);
	const template = parseTemplate(committed);
	expect(lintCode(template.code)).toEqual([]);
	expect(runTests(template).filter(({ failures }) => failures.length > 0)).toEqual([]);
});
