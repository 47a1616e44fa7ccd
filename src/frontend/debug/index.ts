import type { FrontendConfig } from '../../settings/frontend-config.ts';
import { explain } from './explain.ts';
import { readFacts, type Violation } from './facts.ts';

/**
 * `?app-inbox-debug`: a report on the console for whoever looks after the page, once it has loaded
 * and after each change. It only looks; nothing behaves differently because of it.
 */
export function watch(readConfig: () => FrontendConfig | undefined): void {
	const violations: Violation[] = [];
	document.addEventListener('securitypolicyviolation', (event) => violations.push(event));

	const print = () => {
		const facts = readFacts(configOrNone(readConfig), violations);
		/* eslint-disable no-console -- This is what it is for. */
		console.group(`App Inbox ${facts.status?.version ?? ''}`);
		for (const { bad, text } of explain(facts)) {
			console[bad ? 'warn' : 'info'](text);
		}
		console.groupEnd();
		/* eslint-enable no-console */
	};
	const begin = () => {
		// After everybody else's listeners, so that the report has what they did.
		setTimeout(print);
		document.addEventListener('app-inbox:status', () => setTimeout(print));
	};
	if (document.readyState === 'complete') {
		begin();
	} else {
		addEventListener('load', begin);
	}
}

/** A config that cannot be read is one of the things that the report is for. */
function configOrNone(readConfig: () => FrontendConfig | undefined): FrontendConfig | undefined {
	try {
		return readConfig();
	} catch {
		return undefined;
	}
}
