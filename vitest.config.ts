import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'units',
					include: ['test/{settings,frontend,edge,esputnik,admin,plugin}/**/*.test.ts'],
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
		],
	},
});
