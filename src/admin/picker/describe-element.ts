import { __, sprintf } from '@wordpress/i18n';

/** An element in words, for those who do not see the outline: "link “Shop”, inside navigation". */
export function describeElement(element: Element): string {
	const kind = kindOf(element) ?? __('box', 'app-inbox-for-esputnik');
	const name = nameOf(element);
	return sprintf(
		/* translators: 1: an element such as "header" or "link “Shop”", 2: what it is in, such as "navigation" or "page". */
		__('%1$s, inside %2$s', 'app-inbox-for-esputnik'),
		name === ''
			? kind
			: sprintf(
					/* translators: 1: a kind of element such as "link", 2: the words on it. */
					__('%1$s “%2$s”', 'app-inbox-for-esputnik'),
					kind,
					name
				),
		surrounding(element)
	);
}

/** The nearest element around it that has a word of its own. */
function surrounding(element: Element): string {
	for (let at = element.parentElement; at; at = at.parentElement) {
		const kind = kindOf(at);
		if (kind !== null) {
			return kind;
		}
	}
	return pageWord();
}

const pageWord = () => __('page', 'app-inbox-for-esputnik');

/** What an element is, by its role or its tag; null for a mere box. */
function kindOf(element: Element): string | null {
	switch (element.getAttribute('role') ?? element.localName) {
		case 'body':
			return pageWord();
		case 'header':
		case 'banner':
			return __('header', 'app-inbox-for-esputnik');
		case 'footer':
		case 'contentinfo':
			return __('footer', 'app-inbox-for-esputnik');
		case 'nav':
		case 'navigation':
			return __('navigation', 'app-inbox-for-esputnik');
		case 'main':
			return __('main part', 'app-inbox-for-esputnik');
		case 'aside':
		case 'complementary':
			return __('sidebar', 'app-inbox-for-esputnik');
		case 'section':
		case 'region':
			return __('section', 'app-inbox-for-esputnik');
		case 'article':
			return __('article', 'app-inbox-for-esputnik');
		case 'form':
		case 'search':
			return __('form', 'app-inbox-for-esputnik');
		case 'ul':
		case 'ol':
		case 'dl':
		case 'list':
		case 'menu':
		case 'menubar':
			return __('list', 'app-inbox-for-esputnik');
		case 'li':
		case 'listitem':
		case 'menuitem':
			return __('list item', 'app-inbox-for-esputnik');
		case 'a':
		case 'link':
			return __('link', 'app-inbox-for-esputnik');
		case 'button':
			return __('button', 'app-inbox-for-esputnik');
		case 'h1':
		case 'h2':
		case 'h3':
		case 'h4':
		case 'h5':
		case 'h6':
		case 'heading':
			return __('heading', 'app-inbox-for-esputnik');
		case 'p':
			return __('paragraph', 'app-inbox-for-esputnik');
		case 'img':
		case 'svg':
		case 'picture':
		case 'figure':
		case 'canvas':
			return __('picture', 'app-inbox-for-esputnik');
		case 'video':
			return __('video', 'app-inbox-for-esputnik');
		case 'iframe':
			return __('embedded page', 'app-inbox-for-esputnik');
		case 'table':
			return __('table', 'app-inbox-for-esputnik');
		case 'input':
		case 'select':
		case 'textarea':
			return __('form field', 'app-inbox-for-esputnik');
		case 'span':
		case 'strong':
		case 'em':
		case 'b':
		case 'i':
		case 'small':
		case 'label':
			return __('text', 'app-inbox-for-esputnik');
		default:
			return null;
	}
}

const LONGEST_NAME = 40;

/** Elements that are known by their words; those of a whole header would say nothing. */
const NAMED_BY_TEXT = 'a, button, h1, h2, h3, h4, h5, h6, li, p, span, strong, em, b, i, label';

function nameOf(element: Element): string {
	const name =
		element.getAttribute('aria-label') ??
		element.getAttribute('alt') ??
		(element.matches(NAMED_BY_TEXT) ? (element.textContent ?? '') : '');
	const words = name.replace(/\s+/g, ' ').trim();
	const characters = [...words];
	return characters.length > LONGEST_NAME
		? `${characters.slice(0, LONGEST_NAME).join('').trimEnd()}…`
		: words;
}
