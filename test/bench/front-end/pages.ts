import { bundleFrontend } from '../../../build/frontend.ts';
import { IDENTITY_URL } from '../../../src/settings/frontend-config.ts';
import type { Esputnik } from '../../esputnik/server.ts';
import { accountOf, snippetCode } from '../../esputnik/snippets.ts';
import { inline } from './bytes.ts';

/** One page of a shop, without a snippet, with the one that a programmer pastes, and with ours. */
export const KINDS = ['none', 'pasted', 'ours'] as const;
export type Kind = (typeof KINDS)[number];
export type Pages = Record<Kind, string>;

export const TOKEN_PATH = '/app-inbox/token';
/** The path of WordPress's answer with the credential. */
export const IDENTITY_PATH = new URL(IDENTITY_URL, 'http://shop').pathname;
export const MARKER = btoa('5f4dcc3b5aa765d61d8327deb882cf');
/** As much as WordPress signs, for that marker. */
export const CREDENTIAL = `${'h'.repeat(112)}.eyJtYXJrIjoi${MARKER}${'c'.repeat(180)}.${'s'.repeat(86)}`;

/** The same page three times, but for the first script of its head. */
export async function makePages(esputnik: Esputnik): Promise<Pages> {
	const ours = inline(await bundleFrontend({ entry: 'index', inline: true }), {
		scriptId: esputnik.scriptId,
		scriptHost: esputnik.url,
		endpoint: TOKEN_PATH,
	});
	const init = `eS('init', { APP_INBOX: true, RECOMS: false, TRACKING: false }, {
			getAuthTokenCallback: function () {
				return fetch('${TOKEN_PATH}', { method: 'POST' })
					.then(function (response) { return response.json(); })
					.then(function (body) { return body.token; });
			},
			language: 'en'
		})`;
	const pasted = snippetCode(init, accountOf(esputnik.scriptUrl()));
	return { none: page(''), pasted: page(script(pasted)), ours: page(script(ours)) };
}

const script = (text: string) => `<script>${text}</script>`;

/** As long as a blog's front page, with a stylesheet and a script of its theme. */
const page = (first: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${first}
<title>Example Shop</title>
<link rel="stylesheet" href="/theme.css">
<script src="/theme.js" defer></script>
</head>
<body>
<header><nav><a href="/">Home</a> <a href="/shop">Shop</a> <a href="/blog">Blog</a></nav></header>
<main>${ARTICLE.repeat(40)}</main>
</body>
</html>`;

const ARTICLE = `<article>
<h2><a href="/kettle">A kettle for every kitchen</a></h2>
<p>${'It boils a litre of water in three minutes, keeps it warm for an hour, and is quiet. '.repeat(6)}</p>
</article>
`;

/** The bell stands behind `header nav`; unless its place is reserved there, it moves what is below. */
export const themeCss = (reserved: boolean) => `
body { margin: 0 auto; max-width: 60rem; font: 16px/1.5 sans-serif; }
${reserved ? 'header { display: grid; grid-template-columns: 1fr 44px; min-height: 44px; }' : ''}
article { padding: 1rem; border-top: 1px solid #ddd; }
`;

export const THEME_JS = "document.documentElement.classList.add('js');";
