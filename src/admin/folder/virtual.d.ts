declare module 'virtual:folder' {
	/** The runtime of dist/edge/<runtime>/. */
	export const runtime: string;
	/** Its files, path to text, as the build puts them into the script. */
	export const files: Record<string, string>;
}
