/** Where WordPress and its pages are on their host. */
export const PLACES = ['root', 'subdirectory', 'home ≠ siteurl'] as const;
export const PERMALINKS = ['plain', 'pretty'] as const;
export const NETWORKS = ['single', 'network by subdirectory', 'network by domain'] as const;
export const FRONTS = ['http', 'https'] as const;
export const THEMES = ['block', 'classic'] as const;

export interface Shape {
	place: (typeof PLACES)[number];
	permalinks: (typeof PERMALINKS)[number];
	network: (typeof NETWORKS)[number];
	/** https ends at a proxy in front. */
	front: (typeof FRONTS)[number];
	theme: (typeof THEMES)[number];
}

/** Every shape that a site may have, and those that none has. */
export const shapes: Shape[] = NETWORKS.flatMap((network) =>
	PLACES.flatMap((place) =>
		PERMALINKS.flatMap((permalinks) =>
			FRONTS.flatMap((front) =>
				THEMES.map((theme) => ({ network, place, permalinks, front, theme }))
			)
		)
	)
);

/** Why there is no such site, if there is none. */
export function whyNot({ network, place }: Shape): string | undefined {
	return network === 'network by domain' && place === 'subdirectory'
		? 'a WordPress whose home is a folder of its host can have sites in folders only (allow_subdomain_install)'
		: undefined;
}

/** A site as its visitors know it, and how it is reached here. */
export interface Address {
	/** Without a slash at the end, as WordPress keeps both. */
	home: string;
	siteurl: string;
	/** Where the token function asks WordPress. */
	inner: string;
	/** Of the login's cookies, and of the marker. */
	cookiePath: string;
	cookieDomain?: string;
}

/** Where WordPress's files are below their host, if not at its root. */
export const WORDPRESS_FOLDER = '/wordpress';
const SECOND = '/second';
const DOMAIN = 'kavarnia.test';

/**
 * The addresses of a site, or of a network's two. A network by domain is one of subdomains behind
 * https; behind plain http, which the token function takes for this computer only, it is two of the
 * computer's own addresses, and so without a cookie domain in common.
 *
 * `port` is the web server's, and so are the two of `inner`: what comes there is for a network's
 * first or second site.
 */
export function addressesOf(
	{ place, network, front }: Shape,
	port: number,
	inner: readonly [number, number]
): Address[] {
	const home = place === 'subdirectory' ? WORDPRESS_FOLDER : '';
	const files = place === 'root' ? '' : WORDPRESS_FOLDER;
	const local = `127.0.0.1:${port}`;
	const first = { home, siteurl: files, cookiePath: `${home}/` };
	const at = (host: string, site: typeof first, innerHost = host): Address => ({
		home: `${front}://${host}${site.home}`,
		siteurl: `${front}://${host}${site.siteurl}`,
		inner: `http://${innerHost}${site.home}`,
		cookiePath: site.cookiePath,
	});
	if (network === 'single') {
		return [at(local, first)];
	}
	if (network === 'network by subdirectory') {
		const folder = home + SECOND;
		return [at(local, first), at(local, { ...first, home: folder, siteurl: folder })];
	}
	const second = { ...first, siteurl: '' };
	if (front === 'http') {
		return [at(local, first), at(`127.0.0.2:${port}`, second)];
	}
	return [
		{ ...at(DOMAIN, first, `127.0.0.1:${inner[0]}`), cookieDomain: DOMAIN },
		{ ...at(`second.${DOMAIN}`, second, `127.0.0.1:${inner[1]}`), cookieDomain: DOMAIN },
	];
}
