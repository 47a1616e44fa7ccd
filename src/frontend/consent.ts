declare global {
	interface Window {
		/** The WP Consent API. */
		wp_has_consent?: (category: string) => boolean;
	}
}

/** Without a consent tool on the page all is allowed; one that fails is taken for a no. */
export function hasConsent(category: string): boolean {
	try {
		return window.wp_has_consent?.(category) ?? true;
	} catch {
		return false;
	}
}
