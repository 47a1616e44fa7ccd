/**
 * Bundled into a real page: fires tags against the page's own window, scripts and data layer. A
 * page with a content security policy has to allow 'unsafe-eval' for it, since templates are text.
 */
import type { ConsentState } from './consent.ts';
import { openGtmPage, type GtmPage } from './page.ts';
import { parseTemplate } from './parse-template.ts';
import { checkedForm, runContainer } from './run-container.ts';
import { runTemplate, type TagRun } from './run-template.ts';

interface FiringOptions {
	/** What the page's consent tool has said before. */
	consent?: Record<string, ConsentState>;
}

declare global {
	interface Window {
		/** Fires a tag of this template with these fields; the others have their defaults. */
		runGtmTag: (
			templateText: string,
			data: Record<string, unknown>,
			options?: FiringOptions
		) => TagRun;
		/** Fires the tags of an exported container. */
		runGtmContainer: (containerText: string, options?: FiringOptions) => TagRun[];
		/** What a visitor's click in a consent banner does. */
		updateGtmConsent: (changes: Record<string, ConsentState>) => void;
	}
}

// One for all firings: cache tokens and storage are the page's.
let opened: GtmPage | undefined;
function openPage({ consent = {} }: FiringOptions = {}): GtmPage {
	opened ??= openGtmPage({ window, loadScript, insertHtml, later: (run) => setTimeout(run) });
	opened.consent.update(consent);
	return opened;
}

window.runGtmTag = (templateText, values, options) => {
	const template = parseTemplate(templateText);
	const { data } = checkedForm(template, values);
	return runTemplate(template, { page: openPage(options), data });
};
window.runGtmContainer = (text, options) => runContainer(text, openPage(options));
window.updateGtmConsent = (consent) => void openPage({ consent });

function loadScript(url: string, loaded: () => void, failed: () => void) {
	const script = document.createElement('script');
	script.async = true;
	script.src = url;
	script.onload = loaded;
	script.onerror = failed;
	document.head.append(script);
}

/** Tag Manager waits for the body, and lets the scripts in a text run. */
function insertHtml(html: string) {
	if (document.body) {
		document.body.append(document.createRange().createContextualFragment(html));
	} else {
		setTimeout(insertHtml, 20, html);
	}
}
