import { Button, SelectControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { CONTROL } from '../field.tsx';
import { copyText } from '../copy-text.ts';

const PLACES = ['nginx', 'apache', 'cloudflare', 'vercel', 'netlify'] as const;
type Place = (typeof PLACES)[number];

/** What to copy where, for each place in which the token function can run. */
export function WhereItRuns({ siteUrl }: { siteUrl: string }) {
	const [place, setPlace] = React.useState<Place>('nginx');
	return (
		<div className="app-inbox-admin__where">
			<SelectControl
				{...CONTROL}
				label={__('Where will it run?', 'app-inbox-for-esputnik')}
				value={place}
				options={PLACES.map((value) => ({ value, label: nameOf(value) }))}
				onChange={(value) => setPlace(value as Place)}
			/>
			<ol className="app-inbox-admin__where-steps">
				{stepsOf(place, siteUrl).map(({ text, code, label }) => (
					<li key={text}>
						<p>{text}</p>
						{code && <Code code={code} label={label ?? text} />}
					</li>
				))}
			</ol>
		</div>
	);
}

function Code({ code, label }: { code: string; label: string }) {
	const field = React.useRef<HTMLTextAreaElement>(null);
	const [said, setSaid] = React.useState('');
	const copy = async () => {
		const outcome = await copyText(code, field.current);
		setSaid(
			outcome === 'copied'
				? __('Copied', 'app-inbox-for-esputnik')
				: __(
						'The lines are selected: press Ctrl+C, or ⌘C on a Mac.',
						'app-inbox-for-esputnik'
					)
		);
	};
	return (
		<div className="app-inbox-admin__where-code">
			<textarea
				ref={field}
				readOnly
				dir="ltr"
				spellCheck={false}
				rows={code.split('\n').length}
				aria-label={label}
				value={code}
			/>
			<Button
				variant="secondary"
				onClick={copy}
				aria-label={sprintf(
					/* translators: %s: what is copied. */
					__('Copy: %s', 'app-inbox-for-esputnik'),
					label
				)}
			>
				{__('Copy', 'app-inbox-for-esputnik')}
			</Button>
			<span role="status">{said}</span>
		</div>
	);
}

interface Step {
	text: string;
	code?: string;
	label?: string;
}

const ENV_FILE = '/etc/app-inbox.env';

function stepsOf(place: Place, siteUrl: string): Step[] {
	switch (place) {
		case 'nginx':
		case 'apache':
			return ownServer(place, siteUrl);
		case 'cloudflare':
			return hosted('cloudflare', siteUrl, [
				{
					text: __(
						'In this folder, upload it and enter the two values when you are asked:',
						'app-inbox-for-esputnik'
					),
					code: 'npx wrangler deploy\nnpx wrangler secret put SITE_URL\nnpx wrangler secret put ESPUTNIK_API_KEY',
				},
			]);
		case 'vercel':
			return hosted('vercel', siteUrl, [
				{
					text: __(
						'In this folder, make a project, enter the two values when you are asked, and upload it:',
						'app-inbox-for-esputnik'
					),
					code: 'npx vercel link\nnpx vercel env add SITE_URL production\nnpx vercel env add ESPUTNIK_API_KEY production\nnpx vercel --prod',
				},
			]);
		case 'netlify':
			return hosted('netlify', siteUrl, [
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

function ownServer(place: 'nginx' | 'apache', siteUrl: string): Step[] {
	return [
		{
			text: sprintf(
				/* translators: %s: the name of a folder. */
				__(
					'Copy the folder %s of this plugin’s release to your server, as /opt/app-inbox. The server needs Node 20.19 or newer.',
					'app-inbox-for-esputnik'
				),
				'edge/node'
			),
		},
		{
			text: sprintf(
				/* translators: %s: the path of a file. */
				__(
					'Write these values into the file %s, with your own API key of eSputnik, and let nobody but root read it:',
					'app-inbox-for-esputnik'
				),
				ENV_FILE
			),
			code: `SITE_URL=${siteUrl}\nESPUTNIK_API_KEY=\nTRUSTED_PROXIES=1`,
			label: ENV_FILE,
		},
		{
			text: __('Start it, now and with the server:', 'app-inbox-for-esputnik'),
			code: 'cp /opt/app-inbox/app-inbox.service /etc/systemd/system/\nsystemctl enable --now app-inbox',
		},
		place === 'nginx'
			? {
					text: __(
						'Add these lines to your site’s server block of nginx, and reload nginx:',
						'app-inbox-for-esputnik'
					),
					code: NGINX,
				}
			: {
					text: __(
						'Add these lines to your site’s VirtualHost of Apache (modules proxy and proxy_http), and reload Apache:',
						'app-inbox-for-esputnik'
					),
					code: APACHE,
				},
		address(`${siteUrl}/app-inbox/token`),
	];
}

function hosted(name: string, siteUrl: string, steps: Step[]): Step[] {
	return [
		{
			text: sprintf(
				/* translators: %s: the name of a folder. */
				__(
					'Copy the folder %s of this plugin’s release to your own computer, which needs Node 22 or newer.',
					'app-inbox-for-esputnik'
				),
				`edge/${name}`
			),
		},
		...steps,
		{
			text: __(
				'The two values are your site’s address, and an API key of your eSputnik account, which stays there:',
				'app-inbox-for-esputnik'
			),
			code: siteUrl,
			label: 'SITE_URL',
		},
		address(),
	];
}

const address = (url?: string): Step => ({
	text: url
		? sprintf(
				/* translators: %s: a web address. */
				__('Enter its address below: %s', 'app-inbox-for-esputnik'),
				url
			)
		: __(
				'Enter the address that it prints below, with /app-inbox/token behind it.',
				'app-inbox-for-esputnik'
			),
});

function nameOf(place: Place): string {
	switch (place) {
		case 'nginx':
			return __('On this site’s own server, behind nginx', 'app-inbox-for-esputnik');
		case 'apache':
			return __('On this site’s own server, behind Apache', 'app-inbox-for-esputnik');
		case 'cloudflare':
			return 'Cloudflare Workers';
		case 'vercel':
			return 'Vercel';
		case 'netlify':
			return 'Netlify';
	}
}

const NGINX = `location /app-inbox/ {
    proxy_pass http://127.0.0.1:8787;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}`;

const APACHE = `ProxyPass        /app-inbox/ http://127.0.0.1:8787/app-inbox/
ProxyPassReverse /app-inbox/ http://127.0.0.1:8787/app-inbox/`;
