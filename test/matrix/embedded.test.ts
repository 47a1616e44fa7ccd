import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreVersions } from '../wordpress/cores.ts';
import {
	HOW_TO_INSTALL_PHP,
	installedPhpVersions,
	phpVersions,
} from '../wordpress/php-versions.ts';
import { createTable } from './cells.ts';
import { CLASSIC_THEME, fetchClassicTheme } from './classic-theme.ts';
import { liveOn } from './embedded.ts';

const { say, silent } = createTable(
	'WordPress and PHP, on the embedded runtime with SQLite. Beside “core”: how many different notices WordPress itself has there, with and without the plugin'
);

/** The core that is tried with a classic theme as well, on the oldest PHP and on the newest. */
const CLASSIC = { version: '6.5', php: [phpVersions[0], phpVersions.at(-1)] as string[] };

const rows = [
	...coreVersions
		.filter((version) => version !== 'latest')
		.map((version) => ({ name: `WordPress ${version}`, version, classic: false })),
	{
		name: `WordPress ${CLASSIC.version}, classic theme`,
		version: CLASSIC.version,
		classic: true,
	},
];
const cells = rows.flatMap((row) => phpVersions.map((php) => [row.name, php, row] as const));
const installed = installedPhpVersions();

let themes: string;
beforeAll(async () => {
	themes = await mkdtemp(path.join(tmpdir(), 'app-inbox-theme-'));
	await fetchClassicTheme(themes);
});
afterAll(() => rm(themes, { recursive: true }));

/** Why this cell is not tried here, if it is not. */
function whyNot(php: string, classic: boolean): string | undefined {
	if (classic && !CLASSIC.php.includes(php)) {
		return `not: a theme is tried on PHP ${CLASSIC.php.join(' and ')} only, the oldest and the newest`;
	}
	if (!installed.includes(php) && process.env.APP_INBOX_RUNTIMES !== 'required') {
		return `not run: this PHP is not installed. To install it: ${HOW_TO_INSTALL_PHP}`;
	}
	return undefined;
}

describe.concurrent('the plugin’s life', () => {
	it.for(cells)('on %s and PHP %s', async ([name, php, { version, classic }], { task }) => {
		const text = whyNot(php, classic);
		say(task, name, `PHP ${php}`, text ?? '');
		if (!text) {
			const ofCore = await liveOn(
				version,
				php,
				classic ? path.join(themes, CLASSIC_THEME) : undefined
			);
			say(task, name, `PHP ${php}`, ofCore ? `ok (core: ${ofCore})` : 'ok');
		}
	});
});

it('every cell of the table was tried, or says why not', () => {
	expect(silent(cells.length)).toEqual([]);
});
