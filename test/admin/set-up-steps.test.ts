// @vitest-environment jsdom
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as React from '@wordpress/element';
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { OFFERED, UNPACKED } from '../../build/plugin.ts';
import { placeName, PLACES, stepsOf, type Place } from '../../src/admin/sections/set-up-steps.ts';
import { WhereItRuns } from '../../src/admin/sections/where-it-runs.tsx';

// WordPress's own controls, as far as the guide needs them: they come with WordPress.
vi.mock('@wordpress/components', () => ({
	Button: ({ href, children }: { href?: string; children: string }) =>
		React.createElement(href ? 'a' : 'button', href ? { href, download: true } : {}, children),
	SelectControl: () => null,
}));

const addresses = {
	siteUrl: 'https://shop.example/uk',
	pluginUrl: 'https://shop.example/uk/wp-content/plugins/app-inbox-for-esputnik',
};
const downloadsOf = (place: Place) =>
	stepsOf(place, addresses).flatMap(({ download }) => download ?? []);
const linesOf = (place: Place) =>
	stepsOf(place, addresses)
		.flatMap(({ code }) => code ?? [])
		.join('\n');

describe.each(PLACES)('the way to %s', (place) => {
	it('begins with the folder that the plugin brings along', () => {
		const runtime = place === 'nginx' || place === 'apache' ? 'node' : place;
		expect(OFFERED).toContain(runtime);
		expect(stepsOf(place, addresses)[0]?.download).toBe(
			`${addresses.pluginUrl}/token-function/${runtime}.zip`
		);
		expect(downloadsOf(place)).toHaveLength(1);
	});

	it('says both values, the key without one, and where the address goes', () => {
		const steps = stepsOf(place, addresses);
		expect(linesOf(place)).toContain(addresses.siteUrl);
		expect(steps.map(({ text, code }) => `${text}\n${code}`).join('\n')).toMatch(
			/ESPUTNIK_API_KEY\b(?!=\S)/
		);
		expect(steps.at(-1)?.text).toContain('/app-inbox/token');
		expect(new Set(steps.map(({ text }) => text)).size).toBe(steps.length);
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
		expect(stepsOf(place, { ...addresses, siteUrl: 'https://shop.example' })).toContainEqual(
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
		const texts = stepsOf(place, addresses).map(({ text, code }) => `${text} ${code}`);
		const asked = texts.findIndex((text) => text.includes('ESPUTNIK_API_KEY'));
		expect(texts.findIndex((text) => text.startsWith('The two values'))).toBeLessThan(asked);
	}
});

it('offers the folder as a link that downloads it', () => {
	vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
	const place = document.createElement('div');
	const root = React.createRoot(place);
	act(() => root.render(React.createElement(WhereItRuns, { addresses })));
	const [link, ...more] = place.querySelectorAll('a');
	expect(more).toEqual([]);
	expect(link?.href).toBe(downloadsOf('nginx')[0]);
	expect(link?.hasAttribute('download')).toBe(true);
	expect(link?.textContent).toBe('Download the folder');
	act(() => root.unmount());
	vi.unstubAllGlobals();
});
