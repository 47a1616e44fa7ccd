declare global {
	interface Window {
		/** Put there by a script of its own, index.tsx. */
		appInboxSigningKey?: (place: Element) => void;
	}
}

/** Lets that script fill its place on the page. Without it, the page lacks one button. */
export const showSigningKey = (place: Element | null) =>
	place && window.appInboxSigningKey?.(place);
