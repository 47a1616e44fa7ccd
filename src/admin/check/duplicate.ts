import { __, sprintf } from '@wordpress/i18n';
import type { PageData } from '../page-data.ts';
import { OUR_SCRIPT, startsOurs, type PageCopy } from './front-page.ts';
import type { Glance } from './glance.ts';
import type { Run } from './link.ts';
import { foundFrom, printerOf, removal, type Printer } from './printer.ts';
import { fail, pass, skippedFor, type Finding } from './result.ts';
import { canBeJoined, partOf, snippetsIn, type Snippet } from './snippets.ts';
import { bareId, idIn, vendorOf, type Vendor } from './vendor.ts';
import { whatEnds } from './what-ends.ts';

/** What there is of eSputnik on the front page beside App Inbox. */
interface Foreign {
	/** In the page's HTML. */
	inPage: Snippet[];
	/** Only in the running page, such as from a tag manager. */
	late: Snippet[];
	/** The ids of eSputnik's scripts that run there. */
	running: string[];
	/** Whether another `init` than ours was met there. */
	merged: boolean;
}

/** Whether the page carries another eSputnik snippet than ours, and whose it is. */
export async function checkDuplicate(run: Run): Promise<Finding> {
	const page = await run.frontPage();
	if (!page.ok) {
		return skippedFor('front-page');
	}
	const { copy } = page;
	const { settings, data } = run.context;
	const vendor = await vendorOf(run);
	const seen = await run.glance();
	const all = foreignOn(copy, seen, vendor);
	const nameOf = (snippet: Snippet): Printer =>
		printerOf(elementsOf(snippet), data, (element) =>
			all.inPage.some((one) => elementsOf(one).includes(element))
		);
	const isOther = (id: string) => ![vendor.id, ''].includes(bareId(id)) && vendor.id !== '';

	const vendorPlugin = vendorPluginOf(copy, data);
	const beside = vendorPlugin ? all.inPage.find(isInFooter) : undefined;
	if (vendorPlugin && beside && isOther(beside.id)) {
		return fail(ofVendorPlugin(vendorPlugin, beside.id, settings.scriptId));
	}
	const foreign = { ...all, inPage: all.inPage.filter((snippet) => snippet !== beside) };
	const other = foreign.inPage.find(({ id }) => isOther(id));
	if (other) {
		const printer = nameOf(other);
		return fail(ofOther(foundFrom(printer), removal(printer), other.id, settings.scriptId));
	}
	const viaTagManager = hasTagManager(copy, seen);
	const otherId = [...foreign.late.map(({ id }) => id), ...foreign.running].find(isOther);
	if (otherId) {
		const where = lateRemoval(viaTagManager);
		return fail(ofOther(lateFound(viaTagManager), where, otherId, settings.scriptId));
	}
	if (vendorPlugin && beside && foreign.inPage.length === 0 && foreign.running.length < 2) {
		return pass(
			sprintf(
				/* translators: %s: a plugin's name. */
				__(
					'eSputnik’s own plugin “%s” prints its snippet too. That is fine: the two are started together, once. Keep it, but leave its own App Inbox off.',
					'app-inbox-for-esputnik'
				),
				vendorPlugin
			)
		);
	}
	if (settings.script === 'site') {
		return joined(foreign, nameOf, viaTagManager);
	}
	const [first, ...more] = foreign.inPage;
	const harm = __('App Inbox loads eSputnik’s script already.', 'app-inbox-for-esputnik');
	if (first) {
		const printer = nameOf(first);
		const canStay =
			more.length === 0 &&
			canBeJoined(first) &&
			vendor.id !== '' &&
			!data.locks.includes('script');
		return fail({
			message: foundFrom(printer),
			advice: [whatEnds(first.init, settings.features), removal(printer), harm]
				.join(' ')
				.trim(),
			...(canStay && { offer: 'keep-snippet' }),
		});
	}
	// What comes so late comes too late to be joined as often as not: it cannot stay.
	if (foreign.late.length > 0 || foreign.merged || foreign.running.length > 1) {
		const ends = whatEnds(foreign.late[0]?.init ?? null, settings.features);
		return fail({
			message: lateFound(viaTagManager),
			advice: [ends, lateRemoval(viaTagManager)].join(' ').trim(),
		});
	}
	return pass(
		__('There is no other eSputnik snippet on your front page.', 'app-inbox-for-esputnik')
	);
}

/** Where the site's own snippet is to stay: it is well as long as there is one. */
function joined(
	{ inPage, late, running, merged }: Foreign,
	nameOf: (snippet: Snippet) => Printer,
	viaTagManager: boolean
): Finding {
	const [, second] = inPage;
	if (second) {
		const printer = nameOf(second);
		return fail({
			message: foundFrom(printer),
			advice: [
				removal(printer),
				__('Your site needs one snippet, not two.', 'app-inbox-for-esputnik'),
			].join(' '),
		});
	}
	if (running.length > 1) {
		return fail({
			message: lateFound(viaTagManager),
			advice: [
				__(
					'It comes too late for App Inbox to join it. Choose App Inbox under “Who loads the script”, and save.',
					'app-inbox-for-esputnik'
				),
				lateRemoval(viaTagManager),
			].join(' '),
		});
	}
	return pass(
		inPage.length > 0 || late.length > 0 || merged
			? __(
					'Your site’s own snippet loads eSputnik’s script, and App Inbox joins its start.',
					'app-inbox-for-esputnik'
				)
			: __(
					'There is no snippet of your site’s own on your front page. App Inbox then loads eSputnik’s script itself, at the end of loading. It comes sooner if you choose App Inbox under “Who loads the script”.',
					'app-inbox-for-esputnik'
				)
	);
}

function foreignOn({ document, script }: PageCopy, seen: Glance, vendor: Vendor): Foreign {
	const elements = [...document.scripts];
	const inPage = elements.filter((element) => element !== script && element.id !== OUR_SCRIPT);
	const known = new Set(elements.map(({ text }) => squeezed(text)));
	const late = (seen?.snippets ?? []).filter(
		(text) => !known.has(squeezed(text)) && !startsOurs(text)
	);
	return {
		inPage: snippetsIn(inPage.map(partOf), vendor),
		late: snippetsIn(
			late.map((text) => ({ text })),
			vendor
		),
		running: (seen?.scripts ?? []).map((address) => idIn(address, vendor)).filter(Boolean),
		merged: ['merged', 'foreign'].includes(seen?.status?.init ?? ''),
	};
}

const squeezed = (text: string) => text.replace(/\s+/g, '');

const elementsOf = ({ parts }: Snippet) => parts.flatMap(({ element }) => element ?? []);

/** The folder of eSputnik's own plugin for WooCommerce. */
const VENDOR_PLUGIN = 'yespo-cdp';

/**
 * The name of eSputnik's own plugin, where the page has its snippet: that one has no mark of its own,
 * but comes in the footer, and never without the script of the plugin's events.
 */
function vendorPluginOf({ document }: PageCopy, { plugins }: PageData): string | undefined {
	const events = document.querySelector(
		`script[id^="${VENDOR_PLUGIN}-plugin-script"],script[src*="/plugins/${VENDOR_PLUGIN}/"]`
	);
	return events ? plugins[VENDOR_PLUGIN] : undefined;
}

const isInFooter = (snippet: Snippet) =>
	elementsOf(snippet).every((element) => element.closest('body') !== null);

const hasTagManager = ({ html }: PageCopy, seen: Glance) =>
	[html, ...(seen?.scripts ?? [])].some((text) => text.includes('googletagmanager.com'));

const ofVendorPlugin = (plugin: string, id: string, ownId: string) => ({
	message: sprintf(
		/* translators: 1: a plugin's name, 2 and 3: ids of accounts. */
		__(
			'eSputnik’s own plugin “%1$s” belongs to another eSputnik account (%2$s) than App Inbox (%3$s).',
			'app-inbox-for-esputnik'
		),
		plugin,
		id,
		ownId
	),
	advice: __(
		'Connect both to the same account: in that plugin by its API key, here by the snippet of the account.',
		'app-inbox-for-esputnik'
	),
});

const ofOther = (what: string, where: string, id: string, ownId: string) => ({
	message: [
		what,
		sprintf(
			/* translators: 1 and 2: ids of accounts. */
			__(
				'It is of another eSputnik account: %1$s. App Inbox has %2$s.',
				'app-inbox-for-esputnik'
			),
			id,
			ownId
		),
	].join(' '),
	advice: [
		where,
		__(
			'If it is App Inbox that has the wrong account, paste the right snippet above instead.',
			'app-inbox-for-esputnik'
		),
	].join(' '),
});

const lateFound = (viaTagManager: boolean) =>
	viaTagManager
		? __(
				'A second eSputnik snippet comes with Google Tag Manager, or with another script on your front page.',
				'app-inbox-for-esputnik'
			)
		: __(
				'Another script on your front page brings a second eSputnik snippet with it.',
				'app-inbox-for-esputnik'
			);

const lateRemoval = (viaTagManager: boolean) =>
	viaTagManager
		? __(
				'Your site uses Google Tag Manager: look there for a Custom HTML tag with eSputnik’s snippet, and pause it.',
				'app-inbox-for-esputnik'
			)
		: __(
				'Look for a tag manager or a chat tool that loads eSputnik, and remove it there.',
				'app-inbox-for-esputnik'
			);
