/** What `appInbox.status()` answers, and the detail of each `app-inbox:status` event on document. */
export interface Status {
	version: string;
	state: 'idle' | 'guest' | 'initialised' | 'already-initialised' | 'blocked';
	init: 'ours' | 'merged' | 'foreign' | 'none';
	token: 'none' | 'pending' | 'received' | 'unknown-contact' | 'failed';
	/**
	 * What went wrong last, if anything did, and where plain words say what this means and what to do.
	 * They are in a file of their own, which no visitor loads.
	 */
	message: string;
}

/** For a person who looks here or at the console: where it says more. */
export const ADVICE = 'Open ?app-inbox-debug.';

let current: Status = {
	version: VERSION,
	state: 'idle',
	init: 'none',
	token: 'none',
	message: ADVICE,
};

/** Never the same object after a change. */
export const status = (): Status => current;

/** Keeps what has changed and tells the document, which may be patched: whoever calls goes on. */
export function report(change: Partial<Status>) {
	current = { ...current, ...change };
	try {
		document.dispatchEvent(new CustomEvent('app-inbox:status', { detail: current }));
	} catch {}
}
