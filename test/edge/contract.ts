import { describe } from 'vitest';
import { checkCases } from './contract/check.ts';
import { faultCases } from './contract/faults.ts';
import { keyCases } from './contract/keys.ts';
import { limitCases } from './contract/limits.ts';
import { requestCases } from './contract/requests.ts';
import { signedCases } from './contract/signed.ts';
import { World, type Runtime } from './contract/world.ts';

export type { Runtime } from './contract/world.ts';

/**
 * What the token function promises, over HTTP, on whatever runtime. The cases are those of the list
 * that a token endpoint must withstand; the numbers are its.
 */
export function contract(runtime: Runtime) {
	if (runtime.missing !== undefined) {
		console.warn(`Skipped the token function on ${runtime.name}: ${runtime.missing}`);
	}
	describe.skipIf(runtime.missing !== undefined)(`the token function on ${runtime.name}`, () => {
		const world = new World(runtime);
		describe('requests', () => requestCases(world));
		describe('signed credentials', () => signedCases(world));
		describe('the site’s keys', () => keyCases(world));
		describe('limits', () => limitCases(world));
		describe('checks', () => checkCases(world));
		describe('faults', () => faultCases(world));
	});
}
