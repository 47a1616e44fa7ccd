import { __, sprintf } from '@wordpress/i18n';

/** Where the token function can run. */
export const PLACES = ['nginx', 'apache', 'cloudflare', 'vercel', 'netlify'] as const;
export type Place = (typeof PLACES)[number];

/** One thing to do, with what is needed for it. */
export interface Step {
	text: string;
	/** The runtime whose folder is to be downloaded. */
	download?: string;
	/** Lines to copy. */
	code?: string;
	/** What the lines are, where the text does not say it. */
	label?: string;
}

export function placeName(place: Place): string {
	switch (place) {
		case 'nginx':
		case 'apache':
			return sprintf(
				/* translators: %s: a web server's name, nginx or Apache. Keep it short: phones are narrow. */
				__('Own server, %s', 'app-inbox-for-esputnik'),
				place === 'nginx' ? 'nginx' : 'Apache'
			);
		case 'cloudflare':
			return 'Cloudflare Workers';
		case 'vercel':
			return 'Vercel';
		case 'netlify':
			return 'Netlify';
	}
}

/** All that is to be done in a place, from the download to the address, for a site's address without a slash at its end. */
export function stepsOf(place: Place, siteUrl: string): Step[] {
	switch (place) {
		case 'nginx':
		case 'apache':
			return ownServer(place, siteUrl);
		case 'cloudflare':
			return hosted(place, siteUrl, [
				{
					text: __(
						'In this folder, upload it and enter the two values when you are asked:',
						'app-inbox-for-esputnik'
					),
					code: 'npx wrangler deploy\nnpx wrangler secret put SITE_URL\nnpx wrangler secret put ESPUTNIK_API_KEY',
				},
			]);
		case 'vercel':
			return hosted(place, siteUrl, [
				{
					text: __(
						'In this folder, make a project, enter the two values when you are asked, and upload it:',
						'app-inbox-for-esputnik'
					),
					code: 'npx vercel link\nnpx vercel env add SITE_URL production\nnpx vercel env add ESPUTNIK_API_KEY production\nnpx vercel --prod',
				},
			]);
		case 'netlify':
			return hosted(place, siteUrl, [
				{
					text: __('In this folder, make a project:', 'app-inbox-for-esputnik'),
					code: 'npx netlify-cli login\nnpx netlify-cli sites:create',
				},
				{
					text: __(
						'In Netlify’s dashboard, under Environment variables, add the two values SITE_URL and ESPUTNIK_API_KEY. Then upload it:',
						'app-inbox-for-esputnik'
					),
					code: 'npx netlify-cli deploy --prod',
				},
			]);
	}
}

/** The one secret: where it comes from, and what makes eSputnik refuse it. */
const apiKey = (): Step => ({
	text: __(
		'Make an API key in eSputnik: Settings → API → New key, with “Full access to API”. Keep it for the function alone. eSputnik switches off a key that is unused for 90 days. If your account is one of Yespo, the function needs one more value:',
		'app-inbox-for-esputnik'
	),
	code: 'ESPUTNIK_API_URL=https://api.yespo.io/api',
	label: 'ESPUTNIK_API_URL (Yespo)',
});

const ENV_FILE = '/etc/app-inbox.env';

function ownServer(place: 'nginx' | 'apache', siteUrl: string): Step[] {
	return [
		{
			text: __(
				'Download this folder, copy it to your server and unpack it there as /opt/app-inbox. The server needs Node 20.19 or newer.',
				'app-inbox-for-esputnik'
			),
			download: 'node',
			code: 'unzip node.zip -d /opt',
			label: '/opt/app-inbox',
		},
		apiKey(),
		{
			text: sprintf(
				/* translators: %s: the path of a file. */
				__(
					'Write these values into the file %s, with your own API key behind its name, and let nobody but root read it:',
					'app-inbox-for-esputnik'
				),
				ENV_FILE
			),
			code: `SITE_URL=${siteUrl}\nESPUTNIK_API_KEY=\nTRUSTED_PROXIES=1`,
			label: ENV_FILE,
		},
		{
			text: __('Start it, now and with the server:', 'app-inbox-for-esputnik'),
			code: `chmod 600 ${ENV_FILE}\ncp /opt/app-inbox/app-inbox.service /etc/systemd/system/\nsystemctl enable --now app-inbox`,
		},
		place === 'nginx'
			? {
					text: __(
						'Add these lines to your site’s server block of nginx, and reload nginx:',
						'app-inbox-for-esputnik'
					),
					code: nginx(siteUrl),
				}
			: {
					text: __(
						'Add these lines to your site’s VirtualHost of Apache (modules proxy and proxy_http), and reload Apache:',
						'app-inbox-for-esputnik'
					),
					code: apache(siteUrl),
				},
		{
			text: sprintf(
				/* translators: %s: a web address. */
				__('Enter its address below: %s', 'app-inbox-for-esputnik'),
				`${siteUrl}/app-inbox/token`
			),
		},
	];
}

function hosted(runtime: string, siteUrl: string, steps: Step[]): Step[] {
	return [
		{
			text: __(
				'Download this folder and unpack it on your own computer, which needs Node 22 or newer. Open a terminal in it.',
				'app-inbox-for-esputnik'
			),
			download: runtime,
		},
		apiKey(),
		{
			text: __(
				'The two values are that API key, and your site’s address:',
				'app-inbox-for-esputnik'
			),
			code: siteUrl,
			label: 'SITE_URL',
		},
		...steps,
		{
			text: __(
				'Enter the address that it prints below, with /app-inbox/token behind it.',
				'app-inbox-for-esputnik'
			),
		},
	];
}

/** A site in a folder of its host has its token function below that folder too. */
const folderOfSite = (siteUrl: string) => new URL(siteUrl).pathname.replace(/\/$/, '');

function nginx(siteUrl: string): string {
	const folder = folderOfSite(siteUrl);
	return `location ${folder}/app-inbox/ {
    proxy_pass http://127.0.0.1:8787${folder && '/app-inbox/'};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}`;
}

function apache(siteUrl: string): string {
	const folder = folderOfSite(siteUrl);
	return `ProxyPass        ${folder}/app-inbox/ http://127.0.0.1:8787/app-inbox/
ProxyPassReverse ${folder}/app-inbox/ http://127.0.0.1:8787/app-inbox/`;
}
