/** What `appInbox.status()` answers, and the detail of each `app-inbox:status` event on document. */
export interface Status {
	version: string;
	state: 'idle' | 'guest' | 'initialised' | 'already-initialised' | 'blocked';
	init: 'ours' | 'merged' | 'foreign' | 'none';
	token: 'none' | 'pending' | 'received' | 'unknown-contact' | 'failed';
	/**
	 * One sentence for a person: where plain words say what this means and what to do. They are in a file
	 * of their own, which no visitor loads.
	 */
	message: string;
}

let current: Omit<Status, 'message'> = {
	version: VERSION,
	state: 'idle',
	init: 'none',
	token: 'none',
};

export const status = (): Status => ({
	...current,
	message: 'Open ?app-inbox-debug.',
});

/** Keeps what has changed and tells the document, which may be patched: whoever calls goes on. */
export function report(change: Partial<Status>) {
	current = { ...current, ...change };
	try {
		document.dispatchEvent(new CustomEvent('app-inbox:status', { detail: status() }));
	} catch {}
}
