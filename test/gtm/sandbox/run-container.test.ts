import { describe, expect, it } from 'vitest';
import { container, IDENTITY_KEY } from '../../../src/gtm/index.ts';
import { LOADER, SCRIPT_ID, settingsOf, sources } from '../example.ts';
import { openGtmPage } from './page.ts';
import { runContainer, tagFields } from './run-container.ts';
import type { ConsentState } from './consent.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln';

/** A shop's page whose container is published; the loader brings App Inbox when it loads. */
function openShop(
	settings: Record<string, unknown> = {},
	dataLayer: unknown[] = [{ [IDENTITY_KEY]: JWT }],
	consent: Record<string, ConsentState> = {},
	document?: { cookie: string }
) {
	const calls: unknown[] = [];
	const loads: { url: string; failed: () => void; arrive: () => void }[] = [];
	const window: Record<string, unknown> = { dataLayer, document };
	const page = openGtmPage({
		window,
		consent,
		loadScript: (url, loaded, failed) => {
			const arrive = () => {
				window.appInbox = { init: (config: unknown) => void calls.push(config) };
				loaded();
			};
			loads.push({ url, failed, arrive });
		},
	});
	const publish = () => runContainer(container(sources, settingsOf(settings)), page)[0]!;
	return { page, calls, loads, publish, window };
}

describe('the exported container, run as it is', () => {
	it('loads the site’s own loader and starts App Inbox for a customer', () => {
		const { publish, loads, calls } = openShop();
		const tag = publish();
		expect(loads.map(({ url }) => url)).toEqual([LOADER]);
		expect(tag.outcome).toBe('pending');
		loads[0]!.arrive();
		expect(tag).toEqual({ outcome: 'success', logs: [], problems: [] });
		expect(calls).toEqual([
			{
				scriptId: SCRIPT_ID,
				scriptHost: 'cdn.esputnik.com',
				language: 'auto',
				features: { appInbox: true, recommendations: false, tracking: false },
				identity: JWT,
			},
		]);
	});
	it('gives a guest no identity', () => {
		const { publish, loads, calls } = openShop({}, []);
		const tag = publish();
		loads[0]?.arrive();
		expect([tag.outcome, tag.problems]).toEqual(['success', []]);
		expect(calls[0]).not.toHaveProperty('identity');
	});
	it('loads nothing where App Inbox is there already', () => {
		const { publish, loads, calls, window } = openShop();
		window.appInbox = { init: (config: unknown) => void calls.push(config) };
		expect(publish().outcome).toBe('success');
		expect([loads, calls.length]).toEqual([[], 1]);
	});
	it('takes whom WordPress knows at this host for a customer, who waits for no consent', () => {
		const settings = { features: { appInbox: true, tracking: true }, consent: 'marketing' };
		const denied = { ad_storage: 'denied' } as const;
		const known = openShop(settings, [], denied, { cookie: 'app_inbox_user=d41d8c' });
		const tag = known.publish();
		known.loads[0]!.arrive();
		expect(tag).toEqual({ outcome: 'success', logs: [], problems: [] });
		expect(known.calls).toEqual([expect.objectContaining({ consent: false })]);
		expect(known.calls[0]).not.toHaveProperty('identity');
		for (const cookie of ['', 'app_inbox_user=', 'x_app_inbox_user=1; app_inbox_users=2']) {
			const guest = openShop(settings, [], denied, { cookie });
			expect([guest.publish().outcome, guest.loads]).toEqual(['success', []]);
		}
	});
	it('tells App Inbox where a WordPress in a folder is to be asked', () => {
		const identityUrl = '/blog/?app-inbox=identity';
		const { publish, loads, calls } = openShop({ identityUrl }, []);
		const tag = publish();
		loads[0]!.arrive();
		expect(tag).toEqual({ outcome: 'success', logs: [], problems: [] });
		expect(calls).toEqual([expect.objectContaining({ identityUrl })]);
	});
	it('loads once when it fires twice', () => {
		const { publish, loads, calls } = openShop();
		const tags = [publish(), publish()];
		expect(loads).toHaveLength(1);
		loads[0]!.arrive();
		expect(tags.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
		expect(calls).toHaveLength(2);
		expect(calls[1]).toEqual(calls[0]);
	});
	it('fails with one line when the loader is blocked', () => {
		const { publish, loads } = openShop();
		const tag = publish();
		loads[0]!.failed();
		expect(tag).toEqual({
			outcome: 'failure',
			logs: [[expect.stringContaining(LOADER)]],
			problems: [],
		});
	});
	it('has its place among the Custom HTML tags of a site', () => {
		const order: unknown[] = [];
		const page = openGtmPage({
			window: { appInbox: { init: () => order.push('init') } },
			loadScript: () => {},
			insertHtml: (html) => order.push(html),
		});
		const exported = JSON.parse(container(sources, settingsOf()));
		const html = (value: string) => ({
			name: value,
			type: 'html',
			parameter: [{ type: 'TEMPLATE', key: 'html', value }],
			firingTriggerId: ['2147479553'],
		});
		const { tag } = exported.containerVersion;
		tag.unshift(html('<b>before</b>'));
		tag.push(html('<i>after</i>'));
		const runs = runContainer(JSON.stringify(exported), page);
		expect(order).toEqual(['<b>before</b>', 'init', '<i>after</i>']);
		expect(runs.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success']);
	});
	it('waits with a guest’s tracking for the consent, and never asks twice', () => {
		const settings = {
			features: { appInbox: true, recommendations: false, tracking: true },
			consent: 'marketing',
		};
		const { publish, loads, calls, page } = openShop(settings, [], { ad_storage: 'denied' });
		const tag = publish();
		expect([tag.outcome, loads]).toEqual(['success', []]);
		page.consent.update({ ad_storage: 'granted' });
		expect(loads).toHaveLength(1);
		loads[0]!.arrive();
		page.consent.update({ ad_storage: 'denied' });
		page.consent.update({ ad_storage: 'granted' });
		expect(calls).toHaveLength(1);
		expect(tag.problems).toEqual([]);
	});
});

describe('references', () => {
	const fields = (
		variables: Record<string, string>,
		value: string,
		dataLayer: unknown[] = []
	) => {
		const exported = JSON.parse(container(sources, settingsOf()));
		const { tag, variable } = exported.containerVersion;
		tag[0].parameter = [{ type: 'TEMPLATE', key: 'x', value }];
		for (const [name, text] of Object.entries(variables)) {
			variable.push({
				name,
				type: 'c',
				parameter: [{ type: 'TEMPLATE', key: 'value', value: text }],
			});
		}
		return tagFields(JSON.stringify(exported), dataLayer)[0]!.x;
	};
	const IDENTITY = 'App Inbox for eSputnik - identity';

	it('of constants are filled in, too', () => {
		const variables = { a: 'A{{b}}{{c}}', b: '{{c}}', c: 'C' };
		expect(fields(variables, '{{a}}!{{b}}')).toBe('ACC!C');
	});
	it('alone keep what kind of value it is', () => {
		const dataLayer = [{ [IDENTITY_KEY]: { k: 1 } }];
		expect(fields({ a: `{{${IDENTITY}}}` }, '{{a}}', dataLayer)).toEqual({ k: 1 });
		expect(fields({}, `x{{${IDENTITY}}}`)).toBe('xundefined');
	});
	it('are none in what comes out of a variable', () => {
		const dataLayer = [{ [IDENTITY_KEY]: '{{a}}' }];
		expect(fields({ a: 'A' }, `{{${IDENTITY}}}`, dataLayer)).toBe('{{a}}');
		expect(fields({ open: '{' }, '{{open}}{a}}')).toBe('{{a}}');
	});
	it.each([
		['{{{a}}}', 'There is no variable “{a”'],
		['x{{\n}}', 'There is no variable “\n”'],
		['{{loop}}', 'The variable “loop” refers to itself'],
	])('%j is an error', (value, message) => {
		expect(() => fields({ a: 'A', loop: '{{again}}', again: '{{loop}}' }, value)).toThrow(
			message
		);
	});
});

it.each([
	[
		'a variable',
		/"name": "App Inbox for eSputnik - identity"/,
		'"name": "other"',
		'There is no variable',
	],
	['a template', /"type": "cvt_[0-9_]+"/, '"type": "cvt_1_2"', 'has no template'],
	['a trigger', /"firingTriggerId": \[[^\]]*\]/, '"firingTriggerId": ["1"]', 'no trigger'],
])('a reference to %s that is not there is an error', (_name, from, to, message) => {
	const text = container(sources, settingsOf()).replace(from, to);
	const page = openGtmPage({ loadScript: () => {} });
	expect(() => runContainer(text, page)).toThrow(message);
});
