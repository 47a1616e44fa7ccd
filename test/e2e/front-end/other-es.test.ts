/** Pages on which `window.eS` is something else. */
import { describe, expect, it } from 'vitest';
import { running } from '../running.ts';
import { document, foreign, FORM_NAMES, FORMS, startStage } from './stage.ts';
import { expectUnharmed, pageOf, WAITING } from './unharmed.ts';

const stage = running(startStage);

describe.each(FORM_NAMES)('window.eS is something else, ours as %s', (form) => {
	const OTHERS: [string, string][] = [
		['a text', `eS = 'spanish'`],
		['a number', 'eS = 7'],
		['an object', 'eS = { language: 1 }'],
		['a frozen object', 'eS = Object.freeze({ q: [] })'],
		['an object without a prototype', 'eS = Object.create(null)'],
		['a list', 'eS = [1]'],
		['a function of somebody else’s', 'eS = function (a, b) { return a + b }'],
		['a class', 'eS = class { static c = 1 }'],
		[
			'a proxy that throws',
			`eS = new Proxy(function () {}, { get: function () { throw new Error('proxy') } })`,
		],
		[
			'a value that cannot be changed',
			`Object.defineProperty(window, 'eS', { value: { mine: 1 } })`,
		],
		[
			'a getter that throws',
			`Object.defineProperty(window, 'eS', { get: function () { throw new Error('eS') } })`,
		],
		[
			'a setter that throws',
			`Object.defineProperty(window, 'eS', {
				get: function () {}, set: function () { throw new Error('eS') } })`,
		],
	];
	it.each(OTHERS)('%s', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		await expectUnharmed(opened);
		expect((await opened.look()).vendor?.inits ?? []).toEqual([]);
	});

	it.each(OTHERS)('%s, while tracking waits for a consent of a guest', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form](WAITING)), {
			member: false,
		});
		await expectUnharmed(opened);
	});

	it('elements that have the ids of our names: works', async () => {
		const elements = '<b id="eS"></b><i id="appInbox"></i><u id="appInboxGetIdentity"></u>';
		const ours = FORMS[form]();
		await using opened = await stage.open(
			document('', `${elements}${ours}<script>window.after = 1</script>`)
		);
		expect((await opened.bell()).vendor).toMatchObject({ inits: [{ APP_INBOX: true }] });
		await expectUnharmed(opened);
	});

	it.each([
		['null', 'eS = null'],
		['nothing, but declared', 'var eS'],
		[
			'a stub that cannot be changed',
			`${foreign().replace(/<.?script>/g, '')}; Object.freeze(eS)`,
		],
	])('%s: works', async (_, before) => {
		await using opened = await stage.open(pageOf(before, FORMS[form]()));
		expect((await opened.bell()).vendor).toMatchObject({ inits: [{ APP_INBOX: true }] });
		await expectUnharmed(opened);
	});
});
