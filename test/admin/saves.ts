import { vi } from 'vitest';

/** What a page gives to the browser to save from now on, until `vi.restoreAllMocks()` and `vi.unstubAllGlobals()`. */
export function takeSaves(): Array<{ name: string; blob: Blob }> {
	const saves: Array<{ name: string; blob: Blob }> = [];
	let blob = new Blob();
	vi.stubGlobal(
		'URL',
		Object.assign(class extends URL {}, {
			createObjectURL: (made: Blob) => {
				blob = made;
				return 'blob:1';
			},
			revokeObjectURL: () => {},
		})
	);
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		saves.push({ name: this.download, blob });
	});
	return saves;
}
