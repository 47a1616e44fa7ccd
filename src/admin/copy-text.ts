/**
 * Copies a text, or, where the browser lets nobody (a page without https, mostly), selects it in its
 * field, so that the keyboard can.
 */
export async function copyText(
	text: string,
	field: HTMLTextAreaElement | null
): Promise<'copied' | 'selected'> {
	try {
		await navigator.clipboard.writeText(text);
		return 'copied';
	} catch {
		field?.focus();
		field?.select();
		return copySelection() ? 'copied' : 'selected';
	}
}

function copySelection(): boolean {
	try {
		return document.execCommand('copy');
	} catch {
		return false;
	}
}
