/**
 * Answers 400 to a Host header that is no host: some runtimes make the request's address of it as it
 * is, so that it could name another path. Platforms that choose the site by it let none such through.
 */
export function badHost({ headers, url }: Request): Response | null {
	// HTTP/2 has none.
	const host = headers.get('host');
	const right = (host === null || isHost(host)) && URL.canParse(url);
	return right ? null : new Response(null, { status: 400 });
}

/** A name, an IPv4 address or an IPv6 address in brackets; with or without a port. */
export const isHost = (text: string) => HOST.test(text);

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?$/i;
