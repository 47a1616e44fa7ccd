import { __, sprintf } from '@wordpress/i18n';
import { SCRIPT_HOSTS } from '../../settings/index.ts';
import { scriptUrlOf, type PageCopy } from './front-page.ts';
import { fail, pass, skip, skippedFor, type Finding } from './result.ts';
import type { Run } from './link.ts';

/** Where the vendor's script asks for messages. */
const VENDOR_API = 'https://esputnik.com';

/** One policy: its directives, each with its sources. */
export type Policy = Map<string, string[]>;

/** Something that the page has to allow. */
interface Wanted {
	directive: 'script-src' | 'connect-src';
	/** What to add to the directive. */
	source: string;
}

/** Whether the front page's content security policy lets through what App Inbox needs. */
export async function checkCsp(run: Run): Promise<Finding> {
	const page = await run.frontPage();
	if (!page.ok) {
		return skippedFor('front-page');
	}
	const { copy } = page;
	const policies = policiesOf(copy);
	if (policies.length === 0) {
		return pass(
			__('Your front page has none, so nothing is blocked.', 'app-inbox-for-esputnik')
		);
	}
	if (!copy.script) {
		return skip(
			__('Not known: App Inbox is not on the page that guests get.', 'app-inbox-for-esputnik')
		);
	}
	const missing = await blocked(run, copy, policies);
	if (missing.length === 0) {
		return pass(
			__(
				'Your front page’s policy allows all that App Inbox needs.',
				'app-inbox-for-esputnik'
			)
		);
	}
	return fail({
		message: missing.some(({ source }) => source === INLINE)
			? __('Your front page’s policy blocks App Inbox’s script.', 'app-inbox-for-esputnik')
			: __(
					'Your front page’s policy blocks a part of what App Inbox needs.',
					'app-inbox-for-esputnik'
				),
		advice: missing.map(addition).join(' '),
	});
}

const INLINE = 'inline';

const addition = ({ directive, source }: Wanted): string =>
	source === INLINE
		? sprintf(
				/* translators: %s: a directive of a content security policy, such as script-src. */
				__(
					'Let whatever sends the policy (a security plugin, the web server) allow inline scripts in %s: by a nonce, which WordPress’s filter wp_inline_script_attributes adds to them, or by unsafe-inline.',
					'app-inbox-for-esputnik'
				),
				directive
			)
		: sprintf(
				/* translators: 1: a web address, 2: a directive of a content security policy. */
				__('Add %1$s to %2$s.', 'app-inbox-for-esputnik'),
				source,
				directive
			);

async function blocked(run: Run, copy: PageCopy, policies: Policy[]): Promise<Wanted[]> {
	const { settings, data, origin, digest } = run.context;
	const scriptUrl = await scriptUrlOf(run);
	const code = copy.script!.textContent ?? '';
	const nonce = copy.script!.getAttribute('nonce') ?? '';
	const requests = [
		...(settings.features.appInbox && settings.endpoint !== ''
			? [new URL(data.identityUrl, origin).href, settings.endpoint]
			: []),
		...(SCRIPT_HOSTS.some((host) => new URL(scriptUrl).host === host) ? [VENDOR_API] : []),
	];
	const missing: Wanted[] = [];
	for (const policy of policies) {
		const scripts = sourcesOf(policy, 'script-src-elem', 'script-src', 'default-src');
		if (scripts) {
			const trusted = await allowsInline(scripts, nonce, (algorithm) =>
				digest(algorithm, code)
			);
			if (!trusted) {
				missing.push({ directive: 'script-src', source: INLINE });
			}
			// What a trusted script inserts is trusted too.
			const inherits = trusted && hasToken(scripts, 'strict-dynamic');
			if (!inherits && !allowsUrl(scripts, scriptUrl, origin)) {
				missing.push({ directive: 'script-src', source: new URL(scriptUrl).origin });
			}
		}
		const connections = sourcesOf(policy, 'connect-src', 'default-src');
		for (const url of connections ? requests : []) {
			if (!allowsUrl(connections!, url, origin)) {
				missing.push({ directive: 'connect-src', source: new URL(url).origin });
			}
		}
	}
	const seen = new Set<string>();
	return missing.filter(({ directive, source }) => {
		const key = `${directive} ${source}`;
		return !seen.has(key) && seen.add(key);
	});
}

/** All policies that the browser enforces; what is only reported blocks nothing. */
function policiesOf({ headers, document }: Pick<PageCopy, 'headers' | 'document'>): Policy[] {
	const metas = document.querySelectorAll('meta[http-equiv="content-security-policy" i]');
	return [
		// Several headers come as one, with commas.
		...(headers.get('content-security-policy') ?? '').split(','),
		...[...metas].map((meta) => meta.getAttribute('content') ?? ''),
	]
		.map(parsePolicy)
		.filter(({ size }) => size > 0);
}

function parsePolicy(text: string): Policy {
	const policy: Policy = new Map();
	for (const part of text.split(';')) {
		const [name, ...sources] = part.trim().split(/\s+/);
		if (name && !policy.has(name.toLowerCase())) {
			policy.set(name.toLowerCase(), sources);
		}
	}
	return policy;
}

/** The sources of the first of these directives that the policy has; undefined: all is allowed. */
const sourcesOf = (policy: Policy, ...names: string[]) =>
	names.map((name) => policy.get(name)).find((sources) => sources !== undefined);

const hasToken = (sources: string[], token: string) =>
	sources.some((source) => source.toLowerCase() === `'${token}'`);

async function allowsInline(
	sources: string[],
	nonce: string,
	digest: (algorithm: string) => Promise<string | null>
): Promise<boolean> {
	if (nonce !== '' && sources.includes(`'nonce-${nonce}'`)) {
		return true;
	}
	const hashes = sources.flatMap((source) => {
		const [, bits, hash] = /^'sha(256|384|512)-([\w+/=-]+)'$/i.exec(source) ?? [];
		return bits && hash ? [{ algorithm: `SHA-${bits}`, hash }] : [];
	});
	for (const { algorithm, hash } of hashes) {
		if ((await digest(algorithm)) === hash.replaceAll('-', '+').replaceAll('_', '/')) {
			return true;
		}
	}
	// Beside a nonce or a hash, browsers take no notice of it.
	const ignored =
		hashes.length > 0 ||
		hasToken(sources, 'strict-dynamic') ||
		sources.some((source) => /^'nonce-/i.test(source));
	return !ignored && hasToken(sources, 'unsafe-inline');
}

/** Whether one of the sources fits this address, as CSP 3 matches them. */
function allowsUrl(sources: string[], url: string, self: string): boolean {
	const { protocol, hostname, port, pathname, origin } = new URL(url);
	const portOf = (scheme: string, given: string) =>
		given || { 'http:': '80', 'https:': '443' }[scheme] || '';
	return sources.some((source) => {
		if (source.toLowerCase() === "'self'") {
			return origin === self;
		}
		if (source === '*') {
			return /^https?:$/.test(protocol);
		}
		if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) {
			return schemeFits(source.toLowerCase(), protocol);
		}
		const [, scheme, host, sourcePort, path] =
			/^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:']+)(?::(\d+|\*))?(\/.*)?$/i.exec(source) ?? [];
		if (!host || !schemeFits(scheme?.toLowerCase() ?? new URL(self).protocol, protocol)) {
			return false;
		}
		const hostFits = host.startsWith('*.')
			? hostname.endsWith(host.slice(1).toLowerCase())
			: host === '*' || hostname === host.toLowerCase();
		const portFits =
			sourcePort === '*' || portOf(protocol, port) === (sourcePort ?? portOf(protocol, ''));
		const pathFits =
			!path ||
			path === '/' ||
			(path.endsWith('/') ? pathname.startsWith(path) : pathname === path);
		return hostFits && portFits && pathFits;
	});
}

/** http in a policy allows https as well. */
const schemeFits = (allowed: string, scheme: string) =>
	allowed === scheme || (allowed === 'http:' && scheme === 'https:');
