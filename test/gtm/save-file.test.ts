// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { saveGtmFile, type FileName } from '../../src/gtm/save-file.ts';

afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

it.each<[FileName, string]>([
	['container.json', 'application/json'],
	['template.tpl', 'application/octet-stream'],
])('saves %s as %s', (name, type) => {
	const made: Blob[] = [];
	const names: string[] = [];
	vi.stubGlobal('URL', {
		createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`,
		revokeObjectURL: () => {},
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		names.push(this.download);
	});
	saveGtmFile(name, 'x');
	expect(names).toEqual([name]);
	expect(made.map((blob) => blob.type)).toEqual([type]);
});
