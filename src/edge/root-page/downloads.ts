import sources from 'virtual:gtm-sources';
import { saveGtmFile, type FileName } from '../../gtm/save-file.ts';
import { endpointProblem } from '../../gtm/endpoint.ts';
import { gtmFiles, parseGtmSettings } from '../../gtm/index.ts';
import { consentField } from './consent-field.ts';
import { snippetField } from './snippet-field.ts';

/** The form for Tag Manager: its files are made here, and nothing that is typed in leaves the browser. */
export function offerDownloads(endpoint: string): void {
	const unfit = endpointProblem(endpoint);
	const language = document.querySelector<HTMLSelectElement>('#language')!;
	const features = {
		recommendations: document.querySelector<HTMLInputElement>('#recommendations')!,
		tracking: document.querySelector<HTMLInputElement>('#tracking')!,
	};
	const keepSnippet = document.querySelector<HTMLInputElement>('#keep-snippet')!;
	const consent = consentField(Object.values(features));
	const outcome = document.getElementById('outcome')!;
	const say = (text: string, refused = false) => {
		outcome.textContent = text;
		outcome.classList.toggle('refused', refused);
	};
	const snippet = snippetField(({ init }) => {
		say('');
		features.recommendations.checked ||= init?.RECOMS ?? false;
		features.tracking.checked ||= init?.TRACKING ?? false;
		consent.show();
	});

	language.append(new Option('Same as the page', 'auto'));
	for (const [code, name] of Object.entries(sources.languages)) {
		language.append(new Option(`${name} (${code})`, code));
	}
	if (unfit) {
		// Above the form, before anybody fills it in.
		const notice = document.getElementById('unfit')!;
		notice.textContent = `Tag Manager cannot use the address ${endpoint}. ${unfit} Open this page at the address at which your visitors reach the token function, and the files are made for that one.`;
		notice.hidden = false;
	}

	const download = (name: FileName) => {
		if (unfit) {
			say(`Nothing is downloaded: this address cannot be used. ${unfit}`, true);
			return;
		}
		const found = snippet.read();
		if (!found) {
			say('');
			return;
		}
		const parsed = parseGtmSettings({
			scriptId: found.scriptId,
			scriptHost: found.scriptHost,
			script: keepSnippet.checked ? 'site' : 'ours',
			features: {
				appInbox: true,
				recommendations: features.recommendations.checked,
				tracking: features.tracking.checked,
			},
			endpoint,
			language: language.value,
			consent: consent.read(),
		});
		if (!parsed.ok) {
			say(`Nothing is downloaded. ${Object.values(parsed.errors).join(' ')}`, true);
			return;
		}
		saveGtmFile(name, gtmFiles(sources, parsed.settings)[name]);
		say(`${name} is in your downloads. Go on with the steps below.`);
	};
	for (const button of document.querySelectorAll<HTMLButtonElement>('[data-file]')) {
		button.addEventListener('click', () => download(button.dataset.file as FileName));
	}
}
