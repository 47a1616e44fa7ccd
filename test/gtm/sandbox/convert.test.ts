import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBorder } from './convert.ts';
import { openWindow } from './dom.ts';

const border = createBorder((run) => run());
const { toPage, toSandbox } = border;
type Fn = (...args: unknown[]) => unknown;

describe('what crosses the border', () => {
	it('plain data is equal and shares nothing', () => {
		fc.assert(
			fc.property(
				fc.object({
					values: [
						fc.string(),
						fc.double(),
						fc.boolean(),
						fc.constant(null),
						fc.constant(undefined),
					],
					key: fc.oneof(fc.string(), fc.constant('__proto__')),
				}),
				(value) => {
					const copy = toSandbox(toPage(value));
					expect(copy).toEqual(value);
					expect(sharedParts(value, copy)).toBe(0);
				}
			),
			{ numRuns: 400 }
		);
	});
	it.each<[string, () => unknown]>([
		['a promise', () => Promise.resolve('token')],
		['a date', () => new Date()],
		['a regular expression', () => /a/],
		['an error', () => new Error('a')],
		['a map', () => new Map()],
		['an instance of a class', () => new (class Visitor {})()],
		['an async function', () => async () => 'token'],
		['a generator', () => function* generate() {}],
		['a DOM node', () => openWindow().document.body],
		['a window', () => openWindow()],
		['a symbol', () => Symbol('a')],
		['a big integer', () => 1n],
		[
			'arguments',
			() =>
				(function all() {
					// eslint-disable-next-line prefer-rest-params -- the thing itself.
					return arguments;
				})(),
		],
	])('%s becomes undefined, at any depth', (_name, make) => {
		expect(toSandbox(make())).toBeUndefined();
		expect(toPage({ a: [make()] })).toEqual({ a: [undefined] });
	});
	it('a function is wrapped, and so is all that it takes and gives', () => {
		const inner: Fn = (...args) => ({ args, promise: Promise.resolve() });
		const outer = toSandbox(inner) as Fn;
		expect(outer).not.toBe(inner);
		const plain = { a: 1 };
		const { args, promise } = outer(plain, new Date()) as { args: unknown[]; promise: unknown };
		expect(args).toEqual([{ a: 1 }, undefined]);
		expect(args[0]).not.toBe(plain);
		expect(promise).toBeUndefined();
	});
	it('a promise that a function returns is lost', () => {
		expect((toSandbox(() => Promise.resolve('token')) as Fn)()).toBeUndefined();
		expect((toPage(() => Promise.resolve('token')) as Fn)()).toBeUndefined();
	});
	it('objects of another realm are plain too', () => {
		const window = openWindow();
		expect(toSandbox(window.eval('({a: [1, {b: 2}]})'))).toEqual({ a: [1, { b: 2 }] });
		expect((toSandbox(window.eval('(function () { return 3; })')) as Fn)()).toBe(3);
	});
	it('a circle stays one', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		const copy = toSandbox(circle) as typeof circle;
		expect(copy).not.toBe(circle);
		expect(copy.self).toBe(copy);
	});
});

function sharedParts(left: unknown, right: unknown): number {
	if (typeof left !== 'object' || left === null) {
		return 0;
	}
	return Object.keys(left).reduce(
		(sum, key) =>
			sum + sharedParts((left as never)[key], (right as Record<string, unknown>)[key]),
		left === right ? 1 : 0
	);
}
