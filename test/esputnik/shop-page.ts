import { type Account, CLASPO, snippet, TAG_MANAGER, WEB_PUSH } from './snippets.ts';

/**
 * The source of a page as a shop's owner copies it (Ctrl+U): eSputnik's snippet with its bare `init` in
 * the footer, as most public shops have it, beside Tag Manager, Claspo and eSputnik's web push, and among
 * the hashes and comments of a theme. Page and texts are made up; snippets.ts says where the scripts come
 * from.
 */
export const shopPage = (account?: Account) => `<!doctype html>
<html lang="uk">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Кава &amp; чай – крамниця</title>
<!-- Google Tag Manager -->
${TAG_MANAGER}
<!-- End Google Tag Manager -->
<link rel="stylesheet" id="theme-css" href="/wp-content/cache/9f86d081884c7d659a2feaa0c55ad015.css?ver=6.5.5">
<script type="application/ld+json">{"@context":"https:\\/\\/schema.org","@type":"Store","name":"Кава & чай","url":"https:\\/\\/shop.example\\/"}</script>
${CLASPO}
</head>
<body class="home wp-theme" data-build="fedcba9876543210fedcba9876543210">
<header><nav><a href="/">Крамниця</a> <a href="/my-account/">Мій кабінет</a></nav></header>
<main><h1>Свіжа обсмажка // –15 % до п’ятниці</h1><p>It’s the weekend: “free delivery”.</p></main>
<footer>© Кава &amp; чай</footer>
${WEB_PUSH}
<!-- eSputnik -->
${snippet(undefined, account)}
<!-- /eSputnik -->
</body>
</html>
`;
