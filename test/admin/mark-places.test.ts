// @vitest-environment jsdom
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { flowOf } from '../../src/admin/picker/flow.ts';
import { APART, markPlaces, type Point } from '../../src/admin/picker/mark-places.ts';
import { POSITIONS } from '../../src/settings/index.ts';

const PHONE = { width: 320, height: 240 };
const box = (left: number, top: number, width: number, height: number) => ({
	left,
	top,
	right: left + width,
	bottom: top + height,
});
const flow = (outside: 'x' | 'y', inside: 'x' | 'y', isRtl = false) => ({ outside, inside, isRtl });
const inOrder = (places: ReturnType<typeof markPlaces>) => POSITIONS.map((each) => places[each]);
const xs = (places: ReturnType<typeof markPlaces>) => inOrder(places).map(({ x }) => x);
const ys = (places: ReturnType<typeof markPlaces>) => inOrder(places).map(({ y }) => y);

describe('the four marks', () => {
	it('stand before, at both ends inside, and after what stands in a row', () => {
		const places = markPlaces(
			box(100, 50, 400, 40),
			{ width: 800, height: 600 },
			flow('x', 'x')
		);
		expect(xs(places)).toEqual([84, 116, 484, 516]);
		expect(ys(places)).toEqual([70, 70, 70, 70]);
	});

	it('stand above, at the top and the bottom inside, and below what stands in a column', () => {
		const places = markPlaces(
			box(100, 100, 400, 200),
			{ width: 800, height: 600 },
			flow('y', 'y')
		);
		expect(ys(places)).toEqual([84, 116, 284, 316]);
		expect(xs(places)).toEqual([116, 148, 148, 116]);
	});

	it('spread in their order around what is tiny', () => {
		const places = markPlaces(box(200, 100, 8, 8), PHONE, flow('x', 'x'));
		expect(xs(places)).toEqual([156, 188, 220, 252]);
		const inCorner = markPlaces(box(0, 0, 8, 8), PHONE, flow('x', 'x'));
		expect(xs(inCorner)).toEqual([16, 48, 80, 112]);
	});

	it('leave a word to be read: they stand below it, or above it at the end of the stage', () => {
		expect(ys(markPlaces(box(100, 50, 60, 20), PHONE, flow('x', 'x')))).toEqual([
			94, 94, 94, 94,
		]);
		expect(ys(markPlaces(box(100, 200, 60, 20), PHONE, flow('x', 'x')))).toEqual([
			176, 176, 176, 176,
		]);
		const bell = { position: 'afterend', at: { x: 172, y: 60 } } as const;
		expect(ys(markPlaces(box(100, 50, 60, 20), PHONE, flow('x', 'x'), bell))).toEqual([
			94, 94, 94, 60,
		]);
	});

	it('are all there where an element is larger than the stage', () => {
		const places = markPlaces(box(0, -500, 320, 3000), PHONE, flow('y', 'y'));
		expect(ys(places)).toEqual([16, 16, 224, 224]);
	});

	it('are mirrored where the page is read from right to left', () => {
		const ltr = markPlaces(box(20, 50, 60, 20), PHONE, flow('x', 'x'));
		const rtl = markPlaces(box(320 - 80, 50, 60, 20), PHONE, flow('x', 'x', true));
		expect(xs(rtl)).toEqual(xs(ltr).map((x) => 320 - x));
	});

	it('leave the bell where it is, and free', () => {
		const element = box(100, 50, 100, 30);
		const at = { x: 118, y: 66 };
		const places = markPlaces(element, PHONE, flow('x', 'x'), { position: 'beforebegin', at });
		expect(places.beforebegin).toEqual(at);
		expect(places.afterbegin).not.toEqual(
			markPlaces(element, PHONE, flow('x', 'x')).afterbegin
		);
	});

	it('never touch, and never leave the stage, whatever the element', () => {
		const axis = fc.constantFrom('x', 'y');
		fc.assert(
			fc.property(
				fc.record({
					element: fc
						.tuple(
							fc.integer({ min: -400, max: 400 }),
							fc.integer({ min: -400, max: 400 }),
							fc.integer({ min: 0, max: 900 }),
							fc.integer({ min: 0, max: 900 })
						)
						.map((sizes) => box(...sizes)),
					stage: fc.record({
						width: fc.integer({ min: 240, max: 900 }),
						height: fc.integer({ min: 140, max: 700 }),
					}),
					flow: fc.record({ outside: axis, inside: axis, isRtl: fc.boolean() }),
					bell: fc.option(
						fc.record({
							position: fc.constantFrom(...POSITIONS),
							at: fc.record({
								x: fc.integer({ min: 0, max: 240 }),
								y: fc.integer({ min: 0, max: 140 }),
							}),
						}),
						{ nil: undefined }
					),
				}),
				({ element, stage, flow: layout, bell }) => {
					const places = markPlaces(element, stage, layout, bell);
					const all = inOrder(places);
					const touching = all.flatMap((one, index) =>
						all.slice(index + 1).filter((other) => near(one, other))
					);
					expect(touching).toEqual([]);
					for (const position of POSITIONS) {
						const { x, y } = places[position];
						if (position !== bell?.position) {
							expect([x, stage.width - x, y, stage.height - y].every(isRoom)).toBe(
								true
							);
						}
					}
				}
			),
			{ numRuns: 3000 }
		);
	});
});

const near = (one: Point, other: Point) =>
	Math.abs(one.x - other.x) < APART && Math.abs(one.y - other.y) < APART;
const isRoom = (room: number) => room >= APART / 2;

describe('the way in which a page flows', () => {
	afterEach(() => document.body.replaceChildren());
	const flowIn = (html: string) => {
		document.body.innerHTML = html;
		return flowOf(document.querySelector('#it')!);
	};

	it.each([
		['a block among blocks', '<div id="it"><div>1</div></div>', 'y', 'y'],
		['a block with text alone', '<div id="it">1</div>', 'y', 'x'],
		['a block with words in it', '<div id="it"><a>1</a></div>', 'y', 'x'],
		['a word', '<p><a id="it">1</a></p>', 'x', 'x'],
		[
			'a part of a row with a row in it',
			'<div style="display:flex;flex-direction:row"><div id="it" style="display:flex;flex-direction:row"><p></p></div></div>',
			'x',
			'x',
		],
		[
			'a column in a grid of columns',
			'<div style="display:grid;grid-template-columns:1fr 1fr"><div id="it" style="display:flex;flex-direction:column"></div></div>',
			'x',
			'y',
		],
		['what floats', '<div><div id="it" style="float:left"><p></p></div></div>', 'x', 'y'],
		[
			'a block in which only our bell is no block',
			'<div id="it"><span data-app-inbox-picker="bell"></span><p></p></div>',
			'y',
			'y',
		],
	])('is known for %s', (_, html, outside, inside) => {
		expect(flowIn(html)).toEqual({ outside, inside, isRtl: false });
	});

	it('is from right to left where the page says so', () => {
		expect(flowIn('<div style="direction:rtl"><a id="it"></a></div>').isRtl).toBe(true);
	});
});
