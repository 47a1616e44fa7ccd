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

/** Tag Manager waits for the body, and makes the scripts in a text anew: as they are they would not run. */
function insertHtml(html: string) {
	if (!document.body) {
		setTimeout(insertHtml, 20, html);
		return;
	}
	const { content } = Object.assign(document.createElement('template'), { innerHTML: html });
	for (const script of content.querySelectorAll('script')) {
		const made = document.createElement('script');
		made.append(script.text);
		script.replaceWith(made);
	}
	document.body.append(content);
}
