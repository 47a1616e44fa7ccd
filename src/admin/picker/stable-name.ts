/**
 * Whether an id or a class is likely to be there tomorrow, on every page and in every state of the
 * page. Built names (hashes, counters, ids of posts) and states (open, current, scrolled) are not.
 */
export function isStableName(name: string): boolean {
	return (
		WORDPRESS_KEEPS.test(name) ||
		(/^-?[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) &&
			![STATE, OF_ONE_PAGE, LOOK, WRITTEN_BY_SCRIPTS].some((kind) => kind.test(name)) &&
			name.split(/[-_]+/).every(isWordLike))
	);
}

/** Numbers that WordPress stores, so that they stay: menu items and widgets. */
const WORDPRESS_KEEPS =
	/^(menu-item|nav_menu|block|text|custom_html|search|media_image|widget)-\d+$/;

const STATE =
	/^(is|has|was|no|aos|wow|lazy)-|(^|[-_])(active|animated|checked|closed|collapsed|current|disabled|enabled|expanded|fixed|focus|focused|hidden|hover|initiali[sz]ed|lazyload|lazyloaded|lazyloading|loaded|loading|open|opened|pinned|ready|scrolled|selected|show|shown|sticky|stuck|visible)($|[-_])/i;

/** Of the menu items, which one the page at hand is, or is below. */
const OF_ONE_PAGE = /^(current.*|.*-(parent|ancestor)|menu-item-home)$/;

/** Choices of the editor that a change of the design changes. */
const LOOK = /^(align(wide|full|left|right|center|none)|items-justified-.*|.*-is-layout-.*)$/;

/** Counters and hashes of WordPress, of Elementor and of style libraries. */
const WRITTEN_BY_SCRIPTS =
	/^(wp-container|wp-elements|wp-block-.*\d|elementor-element-|elementor-repeater|css-|sc-|emotion-|jss|radix-|headlessui-|ui-id-|uid|uuid)/i;

/** One part of a name between its dashes. */
function isWordLike(part: string): boolean {
	if (/\d{2}/.test(part) || /^\d+$/.test(part)) {
		return false; // A number, or a hash with one in it.
	}
	if (/\d[a-z]/i.test(part) && part.length > 4) {
		return false;
	}
	if (part.length >= 6 && /^[b-df-hj-np-tv-xz]+$/i.test(part)) {
		return false; // Nobody names a thing without a vowel.
	}
	// `bdVaJa`: capitals every second letter. `siteHeader` and `MainMenuTop` are words.
	const humps = part.match(/\p{Lu}+\p{Ll}*|\p{Ll}+/gu) ?? [];
	return humps.length < 3 || part.length / humps.length >= 2.5;
}
