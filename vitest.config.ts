import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		reporters: ['default', './test/edge/table.ts', './test/matrix/table.ts'],
		projects: [
			{
				test: {
					name: 'units',
					// Nothing here waits for real time; a busy machine may still be slow.
					testTimeout: 30_000,
					include: [
						'test/{settings,frontend,edge,esputnik,admin,plugin,cli,gtm,docs,imports,build}/**/*.test.ts',
					],
				},
			},
			{
				// Each starts a real WordPress, of which two cores carry one at a time.
				test: {
					name: 'site',
					include: ['test/{wordpress,e2e}/**/*.test.ts'],
					fileParallelism: false,
					hookTimeout: 180_000,
					testTimeout: 60_000,
				},
			},
			{
				// Each starts nginx, PHP-FPM and MariaDB of its own.
				test: {
					name: 'stack',
					include: ['test/stack/**/*.test.ts'],
					fileParallelism: false,
					hookTimeout: 180_000,
					testTimeout: 120_000,
				},
			},
			{
				// Two versions of WordPress or PHP at a time, or a stack of its own.
				test: {
					name: 'matrix',
					include: ['test/matrix/**/*.test.ts'],
					fileParallelism: false,
					maxConcurrency: 2,
					hookTimeout: 180_000,
					testTimeout: 300_000,
				},
			},
		],
	},
});
