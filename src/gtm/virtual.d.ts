declare module 'virtual:gtm-sources' {
	/** dist/gtm/sources.json, as the build puts it into bundles. */
	const sources: import('./sources.ts').TemplateSources;
	export default sources;
}
