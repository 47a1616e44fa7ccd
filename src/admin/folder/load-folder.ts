import { loadScript } from '../load-script.ts';
import type { PageData } from '../page-data.ts';

type Zip = () => Uint8Array<ArrayBuffer>;

declare global {
	interface Window {
		/** By runtime. Put there by scripts of their own, of which each has one folder in itself: folder-script.ts. */
		appInboxFolders?: Record<string, Zip>;
	}
}

/** The folder of the token function, loaded and made a zip here. */
export const loadFolder = async (runtime: string, data: PageData) =>
	(
		await loadScript(
			`token-function/${runtime}.js`,
			data,
			() => window.appInboxFolders?.[runtime]
		)
	)();
