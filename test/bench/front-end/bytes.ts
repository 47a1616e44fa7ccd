import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundleFrontend } from '../../../build/frontend.ts';
import type { FrontendConfig } from '../../../src/settings/frontend-config.ts';
import { INLINE } from '../../build/budgets.ts';
import { loader } from '../../esputnik/snippets.ts';
import { row, type Part, type Row } from '../row.ts';

const SCRIPT_ID = '9C41E07B5D2A48F6B3C8D19E6F7A0254';

/** What every page of a WordPress carries, beside the vendor's snippet without any token code. */
export const bytes: Part = {
	title: 'Front end: bytes in the page',
	async run() {
		const code = await bundleFrontend({ entry: 'index', inline: true });
		const near = inline(code, { scriptId: SCRIPT_ID, endpoint: '/app-inbox/token' });
		const far = inline(code, {
			scriptId: SCRIPT_ID,
			scriptHost: 'https://statics.esputnik.com',
			endpoint: 'https://app-inbox.shop.example/app-inbox/token',
		});
		const most = inline(code, {
			scriptId: SCRIPT_ID,
			scriptHost: 'https://statics.esputnik.com',
			features: { appInbox: true, recommendations: true, tracking: true },
			language: 'uk',
			endpoint: 'https://app-inbox.shop.example/app-inbox/token',
			identityUrl: '/blog/?app-inbox=identity',
			consent: 'marketing',
		});
		const bare = loader({ id: SCRIPT_ID });
		return [
			compare('in the page, raw', near, bare, (text) => Buffer.byteLength(text)),
			compare('in the page, gzip', near, bare, gzip, INLINE),
			compare('in the page, brotli', near, bare, brotli),
			compare('in the page, both addresses elsewhere, gzip', far, bare, gzip),
			compare('in the page, every setting changed, gzip', most, bare, gzip),
		];
	},
};

/** The text of the script element, as the plugin prints it: settings that are the default are left out. */
export const inline = (code: string, config: FrontendConfig) =>
	`${code}appInbox.init(${JSON.stringify(config)})`;

function compare(
	name: string,
	ours: string,
	bare: string,
	size: (text: string) => number,
	most?: number
): Row {
	return row(
		{ name: `front end: ${name}`, value: size(ours), unit: 'B', baseline: size(bare) },
		most === undefined ? undefined : { of: 'value', most }
	);
}

const gzip = (text: string) => gzipSync(text, { level: 9 }).length;
const brotli = (text: string) =>
	brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
