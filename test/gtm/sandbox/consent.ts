export type ConsentState = 'granted' | 'denied';
type Listener = (type: string, granted: boolean) => void;

/** Google consent mode's state, as templates see it. */
export interface Consent {
	isGranted: (type: string) => boolean;
	onChange: (type: string, listener: Listener) => void;
	/** What a consent banner does. */
	update: (changes: Record<string, ConsentState>) => void;
}

export function createConsent(initial: Record<string, ConsentState>): Consent {
	const states = new Map(Object.entries(initial));
	const listeners: [string, Listener][] = [];
	// A type without a state counts as granted.
	const isGranted = (type: string) => states.get(type) !== 'denied';
	return {
		isGranted,
		onChange: (type, listener) => void listeners.push([type, listener]),
		update(changes) {
			for (const [type, state] of Object.entries(changes)) {
				const before = isGranted(type);
				states.set(type, state);
				const granted = isGranted(type);
				for (const [watched, listener] of granted === before ? [] : [...listeners]) {
					if (watched === type) {
						listener(type, granted);
					}
				}
			}
		},
	};
}
