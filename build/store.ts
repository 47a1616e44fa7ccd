import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../test/site/browser.ts';
import { GTM_TEMPLATE, ROOT, STORE } from './paths.ts';

/** Each drawing with the pictures that the plugin directory wants of it, and how wide they are. */
const DRAWINGS = [
	{ from: join(GTM_TEMPLATE, 'src/icon.svg'), to: 'icon-128x128.png', width: 128, height: 128 },
	{ from: join(GTM_TEMPLATE, 'src/icon.svg'), to: 'icon-256x256.png', width: 256, height: 256 },
	{
		from: join(ROOT, 'build/store/banner.svg'),
		to: 'banner-772x250.png',
		width: 772,
		height: 250,
	},
	{
		from: join(ROOT, 'build/store/banner.svg'),
		to: 'banner-1544x500.png',
		width: 1544,
		height: 500,
	},
];

/** The pictures of the README that the directory shows too; readme.txt has their captions in this order. */
export const SCREENSHOTS = ['settings-page', 'picker', 'bell'];

/** Writes the pictures of the plugin's page in the directory into the repository. */
async function writeStorePictures(): Promise<void> {
	await cp(DRAWINGS[0]!.from, join(STORE, 'icon.svg'));
	for (const [index, name] of SCREENSHOTS.entries()) {
		await cp(join(ROOT, `docs/${name}.png`), join(STORE, `screenshot-${index + 1}.png`));
	}
	const browser = await launchBrowser();
	try {
		for (const { from, to, width, height } of DRAWINGS) {
			const page = await browser.newPage({ viewport: { width, height } });
			const drawing = await readFile(from, 'base64');
			await page.setContent(
				`<body style="margin:0"><img style="display:block;width:100vw;height:100vh" src="data:image/svg+xml;base64,${drawing}">`
			);
			await page.screenshot({ path: join(STORE, to), omitBackground: true });
			await page.close();
		}
	} finally {
		await browser.close();
	}
}

if (process.argv[1] === import.meta.filename) {
	await writeStorePictures();
	console.log('The pictures in .wordpress-org/ are written. Commit them with their drawings.');
}
