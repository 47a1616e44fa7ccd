import { readPageData } from '../../src/admin/page-data.ts';

/** What the page gets from PHP, on a site where nothing is special. */
export const DATA = readPageData({
	roles: {},
	version: '1.2.3',
	siteUrl: 'https://site.example',
	pluginUrl: 'https://site.example/wp-content/plugins/app-inbox',
})!;
