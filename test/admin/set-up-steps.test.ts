import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OFFERED } from '../../build/folder.ts';
import { ROOT } from '../../build/paths.ts';
import { UNPACKED } from '../../src/admin/folder/zip.ts';
import { placeName, PLACES, stepsOf, type Place } from '../../src/admin/sections/set-up-steps.ts';

const SITE = 'https://shop.example/uk';

const linesOf = (place: Place) =>
	stepsOf(place, SITE)
		.flatMap(({ code }) => code ?? [])
		.join('\n');

describe.each(PLACES)('the way to %s', (place) => {
	it('begins with the folder that the plugin brings along', () => {
		const runtime = place === 'nginx' || place === 'apache' ? 'node' : place;
		expect(OFFERED).toContain(runtime);
		const [first, ...others] = stepsOf(place, SITE).map(({ download }) => download);
		expect(first).toBe(runtime);
		expect(others.filter(Boolean)).toEqual([]);
	});

	it('says both values, the key without one, and where the address goes', () => {
		const steps = stepsOf(place, SITE);
		expect(linesOf(place)).toContain(SITE);
		expect(steps.map(({ text, code }) => `${text}\n${code}`).join('\n')).toMatch(
			/ESPUTNIK_API_KEY\b(?!=\S)/
		);
		expect(steps.at(-1)?.text).toContain('/app-inbox/token');
		expect(new Set(steps.map(({ text }) => text)).size).toBe(steps.length);
	});

	it('says where the key comes from, and what an account of Yespo needs', () => {
		const { text, code } = stepsOf(place, SITE).find((step) => step.text.includes('API key'))!;
		expect(text).toMatch(/Settings → API → New key.*“Full access to API”.*90 days.*Yespo/);
		expect(code).toBe('ESPUTNIK_API_URL=https://api.yespo.io/api');
	});

	it('has a name that a phone shows whole', () => {
		expect(placeName(place).length).toBeLessThan(20);
	});
});

it.each(['nginx', 'apache'] as const)('unpacks to where %s’s lines look for it', (place) => {
	expect(linesOf(place)).toContain('unzip node.zip -d /opt\n');
	expect(linesOf(place)).toContain(`/opt/${UNPACKED}/app-inbox.service`);
});

it.each(['nginx', 'apache'] as const)(
	'has the same lines for %s as its file in the folder',
	async (place) => {
		const file = join(ROOT, `build/edge/node/${place}.conf`);
		const [, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
		expect(stepsOf(place, 'https://shop.example')).toContainEqual(
			expect.objectContaining({ code: lines.join('\n') })
		);
	}
);

it('passes on what comes below the folder of a site that has one', () => {
	expect(linesOf('nginx')).toContain(
		'location /uk/app-inbox/ {\n    proxy_pass http://127.0.0.1:8787/app-inbox/;'
	);
	expect(linesOf('apache')).toContain(
		'ProxyPass        /uk/app-inbox/ http://127.0.0.1:8787/app-inbox/'
	);
});

it('explains the two values before it asks for them', () => {
	for (const place of ['cloudflare', 'vercel', 'netlify'] as const) {
		const texts = stepsOf(place, SITE).map(({ text, code }) => `${text} ${code}`);
		const asked = texts.findIndex((text) => text.includes('ESPUTNIK_API_KEY'));
		expect(texts.findIndex((text) => text.startsWith('The two values'))).toBeLessThan(asked);
	}
});
