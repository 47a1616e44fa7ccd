/** Made by the build: see `build/`. */
declare module 'virtual:loader' {
	/** The text of dist/frontend/inbox.js. */
	export const loader: string;
	/** This release. */
	export const version: string;
}
