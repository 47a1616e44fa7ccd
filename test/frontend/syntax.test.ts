/**
 * Safari 14 is the oldest browser that we support. What the build writes is read here once more, by
 * a parser that had no part in it; and, as far as names tell, for what Safari 14 does not have.
 */
import { describe, expect, it } from 'vitest';
import { bundleFrontend, SCRIPTS } from '../../build/frontend.ts';
import { newerThanSafari14 } from './safari14.ts';

describe('Safari 14 reads', () => {
	it.each(SCRIPTS)('the front end as it is built: $entry', async (script) => {
		expect(newerThanSafari14(await bundleFrontend(script))).toEqual([]);
	});

	it.each([
		'a ??= b?.c ?? 1_000n; try {} catch {}',
		'({ ...a, b: /(?<year>\\d+)(?=-)/su, c: async () => { for await (const d of e); } })',
		"'a'.replaceAll('b', ''); Promise.any([]); globalThis.f; new ResizeObserver(g)",
		'const { at, ...others } = a; [b, c] = [c, b]; [d, ...e] = f(); g.at = 1',
		// Where it is asked for first, it may be missing.
		'a.at?.(-1); b.showPopover?.()',
		"addEventListener('a', b, { once: true }); fetch(a, { signal })",
	])('%s', (code) => {
		expect(newerThanSafari14(code)).toEqual([]);
	});
});

describe('Safari 14 does not read', () => {
	it.each([
		['class A { #b }', 'Unexpected character'],
		['class A { b = 1 }', 'Unexpected token'],
		['class A { static {} }', 'Unexpected token'],
		['#a in b', 'Unexpected character'],
		['await 1', 'Unexpected token'],
		['/a/d', 'Invalid regular expression flag'],
		['/[a--b]/v', 'Invalid regular expression flag'],
		['/(?<=a)b/', 'lookbehind'],
		['/(?<!a)b/', 'lookbehind'],
		["new RegExp('(?<=a)b')", 'lookbehind'],
		['RegExp(`(?<!a)b`)', 'lookbehind'],
		['const [a, ...b] = [c, d]', 'rest of an array literal'],
		['[a, ...b] = [c, d]', 'rest of an array literal'],
	])('%s', (code, complaint) => {
		expect(newerThanSafari14(code)).toEqual([expect.stringContaining(complaint)]);
	});
});

describe('Safari 14 has not', () => {
	it.each([
		['Object.hasOwn(a, b)', 'Object.hasOwn'],
		["window['Object']?.['hasOwn'](a, b)", 'Object.hasOwn'],
		['const { hasOwn } = Object', 'Object.hasOwn'],
		['({ hasOwn } = window.Object)', 'Object.hasOwn'],
		['Object.groupBy(a, b)', 'Object.groupBy'],
		['Map.groupBy(a, b)', 'Map.groupBy'],
		['Array.fromAsync(a)', 'Array.fromAsync'],
		['Promise.withResolvers()', 'Promise.withResolvers'],
		['Promise.try(a)', 'Promise.try'],
		['AbortSignal.timeout(1)', 'AbortSignal.timeout'],
		['AbortSignal.any([])', 'AbortSignal.any'],
		['AbortSignal.abort()', 'AbortSignal.abort'],
		['crypto.randomUUID()', 'crypto.randomUUID'],
		['self.crypto.randomUUID()', 'crypto.randomUUID'],
		['URL.canParse(a)', 'URL.canParse'],
		['URL.parse(a)', 'URL.parse'],
		['Response.json(a)', 'Response.json'],
		['structuredClone(a)', 'structuredClone'],
		['window.structuredClone(a)', 'structuredClone'],
		['reportError(a)', 'reportError'],
		['requestIdleCallback(a)', 'requestIdleCallback'],
		["new BroadcastChannel('a')", 'BroadcastChannel'],
		['new WeakRef(a)', 'WeakRef'],
		['new FinalizationRegistry(a)', 'FinalizationRegistry'],
		['cookieStore.get(a)', 'cookieStore'],
		['scheduler.yield()', 'scheduler'],
		['navigation.currentEntry', 'navigation'],
		['Iterator.from(a)', 'Iterator'],
		['a.at(-1)', '.at()'],
		['a?.at(-1)', '.at()'],
		["a['at'](-1)", '.at()'],
		['a.findLast(b)', '.findLast()'],
		['a.findLastIndex(b)', '.findLastIndex()'],
		['a.toSorted()', '.toSorted()'],
		['a.toReversed()', '.toReversed()'],
		['a.toSpliced(1)', '.toSpliced()'],
		['a.with(1, 2)', '.with()'],
		['a.throwIfAborted()', '.throwIfAborted()'],
		['a.showModal()', '.showModal()'],
		['a.showPopover()', '.showPopover()'],
		['a.requestSubmit()', '.requestSubmit()'],
		['a.checkVisibility()', '.checkVisibility()'],
		["addEventListener('a', b, { signal })", 'a signal of addEventListener'],
		["a.addEventListener('a', b, { 'signal': c })", 'a signal of addEventListener'],
		["new Error('a', { cause: b })", 'a cause of Error'],
	])('%s', (code, name) => {
		expect(newerThanSafari14(code)).toEqual([name]);
	});
});
