import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack/stack.ts';
import { coreVersions } from '../wordpress/cores.ts';
import {
	HOW_TO_INSTALL_PHP,
	installedPhpVersions,
	phpVersions,
} from '../wordpress/php-versions.ts';
import { createTable } from './cells.ts';
import { CLASSIC_THEME, fetchClassicTheme } from './classic-theme.ts';
import { live, liveOn } from './embedded.ts';
import { startOnMariadb, startSharedStack } from './on-mariadb.ts';

const { say, silent } = createTable(
	'WordPress and PHP, on the embedded runtime, with SQLite unless it says MariaDB. Beside “core”: how many different notices WordPress itself has there, with and without the plugin'
);

const TWO_PHP: string[] = [phpVersions[0], phpVersions.at(-1)!];
/** The core that is tried on those two with a classic theme, and on MariaDB. */
const CORE = '6.5';

const rows = coreVersions
	.filter((version) => version !== 'latest')
	.map((version) => ({ name: `WordPress ${version}`, version, classic: false }))
	.concat({ name: `WordPress ${CORE}, classic theme`, version: CORE, classic: true });
const cells = rows.flatMap((row) => phpVersions.map((php) => [row.name, php, row] as const));
const onMariadb = phpVersions.map((php) => [`WordPress ${CORE}, MariaDB`, php] as const);
const absent = phpVersions.map((php) => ['WordPress 6.6, 6.7, 6.9, 7.0', php] as const);
const installed = installedPhpVersions();

/** Why this cell is not tried here, if it is not. */
function whyNot(php: string, allPhp: boolean): string | undefined {
	if (!allPhp && !TWO_PHP.includes(php)) {
		return `not: themes and MariaDB are tried on the oldest PHP and the newest, and all of their shapes on Debian’s`;
	}
	if (!installed.includes(php) && process.env.APP_INBOX_RUNTIMES !== 'required') {
		return `not run: this PHP is not installed. To install it: ${HOW_TO_INSTALL_PHP}`;
	}
	return undefined;
}

const verdict = (ofCore: number) => (ofCore ? `ok (core: ${ofCore})` : 'ok');

describe.concurrent('the plugin’s life', () => {
	let themes: string;
	beforeAll(async () => {
		themes = await mkdtemp(path.join(tmpdir(), 'app-inbox-theme-'));
		await fetchClassicTheme(themes);
	});
	afterAll(() => rm(themes, { recursive: true }));

	it.for(cells)('on %s and PHP %s', async ([name, php, { version, classic }], { task }) => {
		const reason = whyNot(php, !classic);
		say(task, name, `PHP ${php}`, reason ?? '');
		if (!reason) {
			const theme = classic ? path.join(themes, CLASSIC_THEME) : undefined;
			say(task, name, `PHP ${php}`, verdict(await liveOn(version, php, theme)));
		}
	});
});

// One after another: it is one database.
describe('the plugin’s life with a database server', () => {
	let stack: Stack | undefined;
	afterAll(() => stack?.stop());

	it.for(onMariadb)('on %s and PHP %s', async ([name, php], { task }) => {
		const reason = whyNot(php, false);
		say(task, name, `PHP ${php}`, reason ?? '');
		if (!reason) {
			stack ??= await startSharedStack(CORE);
			const wordpress = await startOnMariadb(stack, php);
			say(task, name, `PHP ${php}`, verdict(await live(wordpress, php)));
		}
	});
});

it.for(absent)('%s and PHP %s cannot be had', ([name, php], { task }) => {
	const text =
		'not: there is no source of these releases here (npm has pre-releases of 6.6 and 6.7)';
	say(task, name, `PHP ${php}`, text);
});

it('every cell of the table was tried, or says why not', () => {
	expect(silent(cells.length + onMariadb.length + absent.length)).toEqual([]);
});
