/**
 * Who is on the other end of a request, as a key for counting: an IPv4 address, the /64 prefix of an
 * IPv6 address (one customer has at least that many addresses), or `unknown`, which all share whose
 * address cannot be read.
 *
 * Each proxy adds the address of its own peer at the right end of X-Forwarded-For. So of what comes
 * through n proxies of ours the n-th entry from the right is true; what stands further left was
 * written by the client, who may write what they like.
 *
 * @param peer      The other end of the connection.
 * @param forwarded X-Forwarded-For; several headers of that name joined with commas.
 * @param proxies   How many proxies of ours each request passes: TRUSTED_PROXIES.
 */
export function clientKey(peer: string, forwarded: string | null, proxies: number): string {
	const entry = proxies > 0 ? forwarded?.split(',').at(-proxies) : undefined;
	return (entry === undefined ? null : addressKey(entry)) ?? addressKey(peer) ?? 'unknown';
}

/** The key of an address as sockets and proxies write it, with a port or a zone at times; or null. */
export function addressKey(text: string): string | null {
	const trimmed = text.trim();
	const [, bracketed, bare] = WITH_PORT.exec(trimmed) ?? [];
	const address = bracketed ?? bare ?? trimmed;
	if (IPV4.test(address)) {
		return address;
	}
	const groups = ipv6(address.replace(/%[\w.-]+$/, ''));
	if (!groups) {
		return null;
	}
	// IPv4-mapped (RFC 4291, 2.5.5.2): what a socket that listens on both calls an IPv4 address.
	if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') {
		const bytes = groups.slice(6).flatMap((group) => [Math.floor(group / 256), group % 256]);
		return bytes.join('.');
	}
	const prefix = groups.slice(0, 4).map((group) => group.toString(16));
	return `${prefix.join(':')}::/64`;
}

/** `[2001:db8::1]`, `[2001:db8::1]:443`, `192.0.2.1:443`. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

/** Four decimal numbers. A leading zero is refused: for some programs it means octal. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The eight groups of an IPv6 address, or null. The parser of URLs reads each of its forms, and writes
 * one: with hexadecimal groups alone, and `::` for several of zeros.
 */
function ipv6(text: string): number[] | null {
	const url = `http://[${text}]/`;
	// Longer than any address, or with signs that would end the host: nothing that is worth a look.
	if (!/^[\da-f:.]{2,45}$/i.test(text) || !URL.canParse(url)) {
		return null;
	}
	const [left = [], right = []] = new URL(url).hostname
		.slice(1, -1)
		.split('::')
		.map((half) => half.split(':').map((group) => parseInt(group || '0', 16)));
	return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
