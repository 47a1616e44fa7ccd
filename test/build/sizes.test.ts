import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import { afterAll, describe, expect, it } from 'vitest';
import { BUNDLED, DIST, FRONTEND, LOADER } from '../../build/paths.ts';
import { inline } from '../bench/front-end/bytes.ts';
import { BUDGETS, INLINE } from './budgets.ts';

if (!existsSync(LOADER)) {
	throw new Error('Nothing is built: run "npm run build" first.');
}
const gzip = (bytes: Buffer | string) => gzipSync(bytes, { level: 9 }).length;

/** The files at a path below dist/, in it if it is a folder. */
function filesAt(path: string, ending = ''): string[] {
	const place = join(DIST, path);
	return statSync(place).isFile()
		? [place]
		: readdirSync(place, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
				.map(({ parentPath, name }) => join(parentPath, name));
}

const page = inline(readFileSync(FRONTEND, 'utf8'), {
	scriptId: '9C41E07B5D2A48F6B3C8D19E6F7A0254',
	endpoint: 'https://shop.example/app-inbox/token',
});
const rows = [
	{ what: 'front end in the page', as: 'gzip', size: gzip(page), most: INLINE },
	...BUDGETS.map(({ what, path, ending, as, most }) => {
		const sizes = filesAt(path, ending).map((file) =>
			as === 'gzip' ? gzip(readFileSync(file)) : statSync(file).size
		);
		return { what, as, size: sizes.reduce((sum, size) => sum + size, 0), most };
	}),
];

describe('what the build makes is within its budget', () => {
	it.each(rows)('$what: $size of $most bytes ($as)', ({ size, most }) => {
		expect(size).toBeGreaterThan(0);
		expect(size).toBeLessThanOrEqual(most);
	});

	it('whatever it makes', () => {
		const beside = ['bundled', 'release', 'screens', 'demo.png', 'bench.json'];
		const made = readdirSync(DIST).filter((name) => !beside.includes(name));
		const budgeted = BUDGETS.map(({ path }) => path.split('/')[0]);
		expect(existsSync(BUNDLED)).toBe(true);
		expect(made.filter((name) => !budgeted.includes(name))).toEqual([]);
	});

	afterAll(() => {
		const table = new Table({
			head: ['what', 'bytes', 'as', 'budget', 'left'],
			colAligns: ['left', 'right', 'left', 'right', 'right'],
			style: { head: [], border: [], compact: true },
		});
		for (const { what, as, size, most } of rows) {
			const left = `${Math.round((1 - size / most) * 100)} %`;
			table.push([what, size, as, most, left]);
		}
		console.log(`The sizes of all that the build makes\n${table.toString()}`);
	});
});
