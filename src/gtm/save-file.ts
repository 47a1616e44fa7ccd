import type { gtmFiles } from './index.ts';

/** The files for Tag Manager. */
export type FileName = keyof ReturnType<typeof gtmFiles>;

const TYPES: Record<FileName, string> = {
	'container.json': 'application/json',
	// With a type that they know, some browsers change the end of the name.
	'template.tpl': 'application/octet-stream',
};

export const saveGtmFile = (name: FileName, content: string): void =>
	saveFile(name, content, TYPES[name]);

/** Gives the browser a file to save, made here. */
export function saveFile(name: string, content: BlobPart, type: string): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Some browsers begin to read only after the click has been dealt with.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
