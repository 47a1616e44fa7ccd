/** What `appInbox.status()` answers, and the detail of each `app-inbox:status` event on document. */
export interface Status {
	version: string;
	state: 'idle' | 'guest' | 'initialised' | 'already-initialised' | 'blocked';
	init: 'ours' | 'merged' | 'foreign' | 'none';
	token: 'none' | 'pending' | 'received' | 'unknown-contact' | 'failed';
	/** One sentence for a person, saying what to do. */
	message: string;
}

/** What a state, and where the state says nothing the token's, means to a person. */
const MESSAGES: Partial<Record<Status['state'] | Status['token'], string>> = {
	idle: 'Set scriptId.',
	guest: 'Log in.',
	'already-initialised': 'Remove the other snippet.',
	blocked: 'Unblock eSputnik.',
	received: 'Works.',
	'unknown-contact': 'Add this contact.',
	failed: 'Check the token function.',
};

let current: Omit<Status, 'message'> = {
	version: VERSION,
	state: 'idle',
	init: 'none',
	token: 'none',
};

export const status = (): Status => ({
	...current,
	message: MESSAGES[current.state] ?? MESSAGES[current.token] ?? 'Wait.',
});

/** Keeps what has changed and tells the document, which may be patched: whoever calls goes on. */
export function report(change: Partial<Status>) {
	current = { ...current, ...change };
	try {
		document.dispatchEvent(new CustomEvent('app-inbox:status', { detail: status() }));
	} catch {}
}
