import { afterAll, beforeAll } from 'vitest';
import { contract } from './contract.ts';
import { bundleForTests, runNode } from './node-process.ts';

let bundle: Awaited<ReturnType<typeof bundleForTests>>;
beforeAll(async () => {
	bundle = await bundleForTests();
});
afterAll(() => bundle.remove());

contract({
	name: 'node',
	async start(env) {
		const { child, output, ended, listening } = runNode(bundle.file, env);
		const stop = async () => {
			child.kill();
			await ended;
		};
		return { url: await listening, output, stop };
	},
});
