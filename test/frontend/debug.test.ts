import { expect, it } from 'vitest';
import { askToken, member, JWT, site, TOKEN } from './answers.ts';
import { settle } from './clock.ts';
import { MARKER, openPage, SCRIPT } from './page.ts';

const URL_WITH_DEBUG = 'https://shop.example/?app-inbox-debug';
const options = { elsewhere: true, url: URL_WITH_DEBUG };

async function load(page: ReturnType<typeof openPage>) {
	page.ready();
	page.window.dispatchEvent(new page.window.Event('load'));
	await page.clock.pass(1);
}

it('reports on the console once the page has loaded, and after each change', async () => {
	const page = member(site(), { options });
	expect(page.logged).toEqual([]);
	await load(page);
	expect(page.logged.join('\n')).toMatch(/made the one init.*\n.*not asked for a token yet/);
	await askToken(page);
	await page.clock.pass(1);
	expect(page.logged.at(-1)).toMatch(/has its token|not taken over/);
	expect(page.logged.join('\n')).toMatch(/has its token/);
});

it('knows that the site’s own snippet is to be kept', async () => {
	const page = member(site(), { options, config: { script: 'site' } });
	page.run("eS('init')");
	await load(page);
	expect(page.logged.join('\n')).toMatch(/merged into one.*Keep that snippet/);
});

it('counts eSputnik’s scripts alone: no twin of another maker, none that is held back', async () => {
	const other = 'https://scripts.claspo.io/scripts/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF.js';
	const head = `<script async src="${other}"></script><script type="text/plain" src="${SCRIPT}"></script>`;
	const page = member(site(), { options: { ...options, head } });
	await load(page);
	expect(page.logged.join('\n')).toContain('made the one init');
	expect(page.logged.join('\n')).not.toMatch(/twice|different ids/);
});

it('names what was asked, by its address', async () => {
	const page = member(site(), { options });
	const entries = [
		['/?app-inbox=identity&0.5', 200],
		['/app-inbox/token', 401],
		['/?app-inbox=keys', 500],
	];
	page.window.performance.getEntriesByType = () =>
		entries.map(([path, responseStatus]) => ({
			name: `https://shop.example${path}`,
			responseStatus,
			duration: 9,
		})) as never;
	await load(page);
	const text = page.logged.join('\n');
	expect(text).toMatch(/WordPress, for a credential answered 200 after 9 ms/);
	expect(text).toMatch(/token function answered 401/);
	expect(text).not.toContain('500');
});

it('never shows a token, a credential or a marker', async () => {
	const page = member(site(), { options });
	await load(page);
	await askToken(page);
	await page.clock.pass(1);
	const text = page.logged.join('\n');
	expect(text).not.toContain(TOKEN);
	expect(text).not.toContain(JWT);
	expect(text).not.toContain(MARKER.split('=')[1]);
});

it('says what the page’s policy has stopped', async () => {
	const page = member(site(), { options });
	for (const blockedURI of ['https://cdn.esputnik.com/scripts/x.js', 'https://other.example/x']) {
		const event = new page.window.Event('securitypolicyviolation');
		page.document.dispatchEvent(
			Object.assign(event, {
				blockedURI,
				effectiveDirective: blockedURI.includes('other') ? 'img-src' : 'script-src-elem',
			})
		);
	}
	await load(page);
	expect(page.logged.join('\n')).toMatch(/\(script-src-elem\) stops/);
	expect(page.logged.join('\n')).not.toMatch(/img-src/);
});

it('says nothing without being asked, and looks no further', async () => {
	const page = member(site(), { options: { elsewhere: true } });
	await load(page);
	await askToken(page);
	expect(page.logged).toEqual([]);
});

it('a config that cannot be read is no error of the page', async () => {
	const page = openPage({ ...options, cookie: MARKER });
	page.init({ endpoint: 'https://[' });
	await load(page);
	await settle();
	expect(page.logged.filter((line) => line.startsWith('jsdomError'))).toEqual([]);
	expect(page.logged.join('\n')).toMatch(/has not been started|has not run/);
});
