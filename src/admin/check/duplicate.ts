import { __, sprintf } from '@wordpress/i18n';
import type { PageData } from '../page-data.ts';
import { OUR_SCRIPT, type PageCopy } from './front-page.ts';
import { idIn } from './live.ts';
import { fail, pass, skippedFor, type Finding } from './result.ts';
import type { Run } from './link.ts';

/** Who prints a snippet, by the nearest hint in the page. */
export type Printer =
	| { kind: 'plugin' | 'theme'; name: string }
	/** A comment beside it, in the words of whoever wrote it. */
	| { kind: 'comment'; text: string }
	| { kind: 'place'; place: 'head' | 'body' };

/** Whether the page carries another eSputnik snippet than ours, and whose it is. */
export async function checkDuplicate(run: Run): Promise<Finding> {
	const page = await run.frontPage();
	if (!page.ok) {
		return skippedFor('front-page');
	}
	const { settings, data } = run.context;
	const foreign = foreignSnippets(page.copy);
	const isOther = (element: Element) => {
		const id = idIn(textOf(element));
		return id !== '' && id !== settings.scriptId.replaceAll('-', '').toLowerCase();
	};
	const vendorPlugin = vendorPluginOf(page.copy, data);
	const beside = vendorPlugin ? foreign.find(isInFooter) : undefined;
	if (vendorPlugin && beside && isOther(beside)) {
		return fail({
			message: sprintf(
				/* translators: %s: a plugin's name. */
				__(
					'eSputnik’s own plugin “%s” belongs to another eSputnik account than App Inbox.',
					'app-inbox-for-esputnik'
				),
				vendorPlugin
			),
			advice: __(
				'Connect both to the same account: in that plugin by its API key, here by the snippet of the account.',
				'app-inbox-for-esputnik'
			),
		});
	}
	const [first] = foreign.filter((element) => element !== beside);
	if (first) {
		const printer = printerOf(first, data);
		const other = isOther(first);
		return fail({
			message: [
				found(printer),
				other ? __('It is of another eSputnik account!', 'app-inbox-for-esputnik') : '',
			]
				.join(' ')
				.trim(),
			advice: removal(printer),
		});
	}
	const seen = await run.glance();
	const merged = !beside && (seen?.status?.init === 'merged' || seen?.status?.init === 'foreign');
	if (merged || (seen?.scripts.length ?? 0) > 1) {
		const viaGtm = page.copy.html.includes('googletagmanager.com');
		return fail({
			message: __(
				'Another script on your front page brings a second eSputnik snippet with it.',
				'app-inbox-for-esputnik'
			),
			advice: viaGtm
				? __(
						'Your site uses Google Tag Manager: look there for a Custom HTML tag with eSputnik’s snippet, and pause it.',
						'app-inbox-for-esputnik'
					)
				: __(
						'Look for a tag manager or a chat tool that loads eSputnik, and remove it there.',
						'app-inbox-for-esputnik'
					),
		});
	}
	return pass(
		vendorPlugin && beside
			? sprintf(
					/* translators: %s: a plugin's name. */
					__(
						'eSputnik’s own plugin “%s” prints its snippet too. That is fine: the two are started together, once. Keep it, but leave its own App Inbox off.',
						'app-inbox-for-esputnik'
					),
					vendorPlugin
				)
			: __('There is no other eSputnik snippet on your front page.', 'app-inbox-for-esputnik')
	);
}

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

const isInFooter = (element: Element) => element.closest('body') !== null;

/** Scripts of the page that load or start eSputnik's, but for ours. Web push is another thing. */
function foreignSnippets({ document, script }: Pick<PageCopy, 'document' | 'script'>) {
	return [...document.scripts].filter(
		(element) => element !== script && element.id !== OUR_SCRIPT && isSnippet(textOf(element))
	);
}

const textOf = (element: Element) =>
	`${element.getAttribute('src') ?? ''} ${element.getAttribute('data-src') ?? ''} ${element.textContent}`;

const isSnippet = (text: string) =>
	/\.esputnik\.com\/scripts\/[0-9a-f-]{32,36}\.js/i.test(text.replaceAll('\\/', '/')) ||
	/\beS\s*\(\s*["']init["']/.test(text);

/** How far a hint may be from the snippet, in nodes beside it. */
const NEAR = 6;
/** Shorter names of folders would be found in anything. */
const MIN_SLUG = 4;

function printerOf(
	element: Element,
	{ plugins, themes }: Pick<PageData, 'plugins' | 'themes'>
): Printer {
	const folder = (kind: 'plugin' | 'theme', slug: string): Printer => ({
		kind,
		name: (kind === 'plugin' ? plugins : themes)[slug] ?? slug,
	});
	const inAddress = (text: string): Printer | null => {
		const [, where, slug] =
			/\/wp-content\/(plugins|themes)\/([\w.-]+)\//.exec(text.replaceAll('\\/', '/')) ?? [];
		return slug ? folder(where === 'plugins' ? 'plugin' : 'theme', slug) : null;
	};
	const byName = (text: string): Printer | null => {
		const has = ([slug, name]: [string, string]) =>
			(slug.length >= MIN_SLUG && text.toLowerCase().includes(slug.toLowerCase())) ||
			(name.length >= MIN_SLUG && text.toLowerCase().includes(name.toLowerCase()));
		const plugin = Object.entries(plugins).find(has);
		const theme = plugin ? undefined : Object.entries(themes).find(has);
		return plugin || theme
			? { kind: plugin ? 'plugin' : 'theme', name: (plugin ?? theme)![1] }
			: null;
	};
	const inComment = (node: Node): Printer | null => {
		const text = (node.textContent ?? '').trim().replace(/\s+/g, ' ');
		if (text === '' || /^(\[if |\/?wp:)/.test(text)) {
			return null;
		}
		return inAddress(text) ?? byName(text) ?? { kind: 'comment', text: text.slice(0, 60) };
	};
	const marks = (node: Element) =>
		[node.id, node.getAttribute('class') ?? '', node.getAttribute('src') ?? ''].join(' ');
	const inElement = (node: Element) => inAddress(marks(node)) ?? byName(marks(node));

	const own = inAddress(textOf(element)) ?? inElement(element);
	if (own) {
		return own;
	}
	for (const direction of ['previousSibling', 'nextSibling'] as const) {
		let node = element[direction];
		for (let steps = 0; node && steps < NEAR; node = node[direction]) {
			if (node.nodeType === 8) {
				const hint = inComment(node);
				if (hint) {
					return hint;
				}
			} else if (node.nodeType === 1) {
				// Whoever printed another script close by may have printed this one, but only right beside it.
				if (!isSnippet(textOf(node as Element))) {
					break;
				}
			}
			steps++;
		}
	}
	for (let around = element.parentElement; around; around = around.parentElement) {
		const hint = around.localName === 'body' ? null : inElement(around);
		if (hint) {
			return hint;
		}
	}
	return { kind: 'place', place: element.closest('head') ? 'head' : 'body' };
}

function found(printer: Printer): string {
	switch (printer.kind) {
		case 'plugin':
			return sprintf(
				/* translators: %s: a plugin's name. */
				__(
					'The plugin “%s” prints a second eSputnik snippet into your pages.',
					'app-inbox-for-esputnik'
				),
				printer.name
			);
		case 'theme':
			return sprintf(
				/* translators: %s: a theme's name. */
				__(
					'The theme “%s” prints a second eSputnik snippet into your pages.',
					'app-inbox-for-esputnik'
				),
				printer.name
			);
		case 'comment':
			return sprintf(
				/* translators: %s: a comment in the page's code. */
				__(
					'There is a second eSputnik snippet in your pages, beside the comment “%s”.',
					'app-inbox-for-esputnik'
				),
				printer.text
			);
		case 'place':
			return printer.place === 'head'
				? __(
						'There is a second eSputnik snippet in the head of your pages.',
						'app-inbox-for-esputnik'
					)
				: __(
						'There is a second eSputnik snippet in the body of your pages.',
						'app-inbox-for-esputnik'
					);
	}
}

function removal(printer: Printer): string {
	const harm = __('App Inbox loads eSputnik’s script already.', 'app-inbox-for-esputnik');
	const where =
		printer.kind === 'plugin' || printer.kind === 'theme'
			? sprintf(
					/* translators: %s: a plugin's or theme's name. */
					__('Remove the snippet in the settings of “%s”.', 'app-inbox-for-esputnik'),
					printer.name
				)
			: __(
					'Look for it in plugins for header and footer code and in your theme’s settings and files (header.php, functions.php), and remove it.',
					'app-inbox-for-esputnik'
				);
	return `${where} ${harm}`;
}
