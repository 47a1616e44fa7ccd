/**
 * Knows the browser again: by the cookie `sc`, and by `localStorage.esState` beside it. What the real
 * script keeps there nobody outside knows; here it is a random value. Nothing is kept where the page may
 * keep nothing.
 */
export function knowVisitor(): void {
	try {
		const [, known] = /(?:^|; )sc=([^;]+)/.exec(document.cookie) ?? [];
		const visitor = known ?? randomValue();
		document.cookie = `sc=${visitor}; path=/; max-age=31536000; SameSite=Lax`;
		localStorage.setItem('esState', JSON.stringify({ sc: visitor }));
	} catch {
		// A sandboxed page, or storage that is full.
	}
}

const randomValue = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');
