/**
 * eSputnik's snippet as the vendor writes it: the one place that makes it, for every test.
 *
 * The form is the example of the vendor's own help page “App Inbox for websites” (Russian edition, read
 * in 2026), letter for letter but for host and id. Public shops have the same, from either host. Its
 * loader takes four parameters and puts the address together inside; the id is the fourth argument of
 * the call, and the whole address stands nowhere.
 */

export const ID = '0123456789ABCDEF0123456789ABCDEF';
export const OTHER_ID = 'FEDCBA9876543210FEDCBA9876543210';
export const CDN = 'https://cdn.esputnik.com';
export const STATICS = 'https://statics.esputnik.com';

export interface Account {
	/** 32 capital hexadecimal digits on real sites. */
	id?: string;
	/** The vendor's hosts, or where the stand-in is. */
	host?: string;
}

/** Where the loader gets the script from. */
export const scriptUrl = ({ id = ID, host = CDN }: Account = {}) => `${host}/scripts/${id}.js`;

/** The same the other way round, such as of the stand-in's `scriptUrl()`. */
export function accountOf(url: string): Required<Account> {
	const [, host, id] = /^(.*)\/scripts\/([^/]+)\.js$/.exec(url)!;
	return { host: host!, id: id! };
}

/** The loader alone, without its element. */
export const loader = ({ id = ID, host = CDN }: Account = {}) =>
	`!function (t, e, c, n) {var s = e.createElement(c); s.async = 1, s.src = '${host}/scripts/' + n + '.js'; var r = e.scripts[0]; r.parentNode.insertBefore(s, r); var f = function () {f.c(arguments); }; f.q = []; f.c = function () {f.q.push(arguments); }; t['eS'] = t['eS'] || f; }(window, document, 'script', '${id}');`;

/** The calls of `init`, as the vendor documents them and shops have them. */
export const INIT = {
	/** Most shops: recommendations and tracking count as on. */
	bare: `eS('init')`,
	/** The newest form, of the vendor's page; the callback is the page's own. */
	flags: (flags: string) => `eS('init', ${flags})`,
	inbox: `eS('init', {RECOMS: true, TRACKING: false, APP_INBOX: true}, {getAuthTokenCallback: () => yourImplementationOfAuthCallback(), language: 'ru', });`,
	/** The older form, which shops have that did it by hand: callback and language in the first object. */
	older: `eS('init', {getAuthTokenCallback: () => yourImplementationOfAuthCallback(), language: 'ru', });`,
};

const element = (text: string) => `<script>${text}</script>`;

/** The loader with an `init` behind it in the same element, as text or as an element. */
export const snippetCode = (init: string = INIT.bare, account?: Account) =>
	`${loader(account)} ${init};`;
export const snippet = (init?: string, account?: Account) => element(snippetCode(init, account));

/** As on the vendor's page: each in an element of its own. */
export const twoElements = (init: string = INIT.bare, account?: Account) =>
	element(` ${loader(account)} `) + element(init);

/**
 * The stub of the vendor's app for Shopify: it has no `c`, and its queue is flat. The script element
 * stands in the markup.
 */
export const FLAT_STUB = `window.eS = window.eS || function () { (eS.q = eS.q || []).push(arguments) };`;

/** As some shops do by themselves: stub, script and `init` only where there is no `eS` yet. */
export const onlyIfMissing = (init: string = INIT.bare, account?: Account) =>
	`if (!window.eS) { ${snippetCode(init, account)} }`;

/**
 * eSputnik's own web push script, which shops have beside it, as in public repositories; key and domain
 * are made up.
 */
export const WEB_PUSH = `<script>
(function(i,s,o,g,r,a,m){
i["esSdk"] = r;
i[r] = i[r] || function() {
(i[r].q = i[r].q || []).push(arguments)
}, a=s.createElement(o), m=s.getElementsByTagName(o)[0]; a.async=1; a.src=g;
m.parentNode.insertBefore(a,m)}
) (window, document, "script", "https://esputnik.com/scripts/v1/public/scripts?apiKey=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0NTI0ZWZhYTJkYzI2MGRmIn0.O5RXYaqgmG7oHvN8GbANKte39DpiOda&domain=DF13001D-1AF8-4C5A-ACED-5C3F9011F95C", "es");
es("pushOn");
</script>`;

/** Claspo's loader, of the same form, as its users publish it; shops with eSputnik often have both. */
export const CLASPO = `<script>
    !function (t, e, c, n) {
        var s = e.createElement(c);
        s.async = 1, s.src = 'https://scripts.claspo.io/scripts/' + n + '.js';
        var r = e.scripts[0];
        r.parentNode.insertBefore(s, r);
        var f = function () {
            f.c(arguments);
        };
        f.q = [];
        f.c = function () {
            f.q.push(arguments);
        };
        t['claspo'] = t['claspo'] || f;
    }(window, document, 'script', 'A5AD9A9196CC4508A07B3B408883F801');
</script><script>claspo('init');</script>`;

/** Google's own snippet of Tag Manager, as its help gives it. */
export const TAG_MANAGER = `<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);
})(window,document,'script','dataLayer','GTM-ABC1234');</script>`;
