/** For every site, in Google's gallery; or made for one token function, whose loader it loads. */
export const EDITIONS = ['gallery', 'site'] as const;
export type Edition = (typeof EDITIONS)[number];

/**
 * What the template is made of: the build reads it from gtm-template/src, and bundles get it from
 * `virtual:gtm-sources`. The texts of code and tests may contain {@link LOADER_MARK}.
 */
export interface TemplateSources {
	/** The INFO section, thumbnail included. */
	info: { displayName: string } & Record<string, unknown>;
	fields: FieldSource[];
	/** The names of the languages in English, in the order in which they are offered. */
	languages: Record<string, string>;
	code: Record<Edition, string>;
	permissions: Record<Edition, PermissionSource>;
	/** The TESTS section, in YAML. */
	tests: Record<Edition, string>;
	terms: string;
	notes: string;
}

/** A field in Tag Manager's own words, but for what depends on the settings or the edition. */
export interface FieldSource {
	type: string;
	name: string;
	/** Only in these; default: in both. */
	editions?: readonly Edition[];
	/** Items as they are, or the name of a list that the settings define. */
	selectItems?: SelectItem[] | SelectList;
	subParams?: FieldSource[];
	[key: string]: unknown;
}
export interface SelectItem {
	value: string;
	displayValue: string;
}
export const SELECT_LISTS = ['scriptHosts', 'languages'] as const;
export type SelectList = (typeof SELECT_LISTS)[number];

/** What the sandbox allows the template, and nothing else. */
export interface PermissionSource {
	/** Keys of the page's window. */
	access_globals?: Record<string, ReadonlyArray<'read' | 'write' | 'execute'>>;
	/** Types of Google's consent mode. */
	access_consent?: Record<string, ReadonlyArray<'read' | 'write'>>;
	/** Cookies by name. */
	get_cookies?: readonly string[];
	/** URLs; {@link LOADER_MARK} is one. */
	inject_script?: readonly string[];
	/** Where it may log: in Tag Manager's preview. */
	logging?: 'debug';
}

/** Stands for the URL of the site's loader; in code for a string literal. */
export const LOADER_MARK = '__LOADER__';
