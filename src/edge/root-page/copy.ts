/** Each button with `data-copy` copies the text of the element of that id. */
export function offerCopies(): void {
	for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
		const source = document.getElementById(button.dataset.copy!)!;
		const said = button.parentElement!.nextElementSibling!;
		button.addEventListener('click', () => {
			void copy(source).then((copied) => (said.textContent = copied ? 'Copied.' : SELECTED));
		});
	}
}

const SELECTED =
	'This browser does not let the page copy. The address is selected: copy it by hand.';

/** Without https a browser may refuse; then the text is at least selected. */
async function copy(source: Element): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(source.textContent!);
		return true;
	} catch {
		getSelection()?.selectAllChildren(source);
		return document.execCommand('copy');
	}
}
