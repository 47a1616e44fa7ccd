import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/opt/google/chrome/chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** `CHROME_PATH`, an installed Chromium or Chrome, or the one inside an npm package (Linux, x64). */
async function findBrowser(): Promise<string> {
	const named = process.env.CHROME_PATH;
	if (named) {
		if (!existsSync(named)) {
			throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
		}
		return named;
	}
	const installed = INSTALLED.find((path) => existsSync(path));
	if (installed) {
		return installed;
	}
	if (process.platform === 'linux' && process.arch === 'x64') {
		const { default: packed } = await import('@sparticuz/chromium');
		return packed.executablePath();
	}
	throw new Error(
		'There is no browser: install Chromium or Chrome, or set CHROME_PATH to its program.'
	);
}

/** Starts it without a window, and without a word to the network that nobody asked it for. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = await findBrowser();
	try {
		return await chromium.launch({
			executablePath,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		});
	} catch (error) {
		const [, library] = /(lib[\w.+-]+\.so[\w.]*): cannot open/.exec(String(error)) ?? [];
		throw new Error(
			library
				? `The browser at ${executablePath} needs ${library}. On Debian and Ubuntu: apt-get install -y libnss3`
				: `The browser at ${executablePath} does not start: ${String(error)}`
		);
	}
}
