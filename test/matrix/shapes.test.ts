import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTable } from './cells.ts';
import { expectInboxOn, expectOwnCredentials } from './shaped-site.ts';
import { startShapedStack, type ShapedStack } from './shaped-stack.ts';
import { shapes, whyNot } from './shapes.ts';

const { say, silent } = createTable('Shapes of a site, on nginx, PHP-FPM and MariaDB');

let stack: ShapedStack;
beforeAll(async () => (stack = await startShapedStack()));
afterAll(() => stack?.stop());

it.for(shapes.map((shape) => [Object.values(shape).join(', '), shape] as const))(
	'%s',
	async ([, shape], { task }) => {
		const { network, place, permalinks, front, theme } = shape;
		const cell = [
			`${network}, ${place}, ${permalinks} permalinks`,
			`${front}, ${theme} theme`,
		] as const;
		const reason = whyNot(shape);
		say(task, ...cell, reason ? `not: ${reason}` : '');
		if (reason) {
			return;
		}
		const taken = await stack.take(shape);
		try {
			for (const site of taken.sites) {
				await expectInboxOn(taken, site);
			}
			if (taken.sites.length > 1) {
				await expectOwnCredentials(taken);
			}
			expect(await taken.uninstall()).toEqual([]);
			expect(await taken.log()).toBe('');
			say(task, ...cell, 'ok');
		} finally {
			await taken.stop();
		}
	}
);

it('every cell of the table was tried, or says why not', () => {
	expect(silent(shapes.length)).toEqual([]);
});
