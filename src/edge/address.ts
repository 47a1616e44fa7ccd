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
	// Longer than any address: nothing that is worth a look.
	if (trimmed.length > 64) {
		return null;
	}
	const [, bracketed, bare] = WITH_PORT.exec(trimmed) ?? [];
	const address = bracketed ?? bare ?? trimmed;
	if (ipv4(address)) {
		return address;
	}
	const groups = ipv6(address.replace(/%[\w.-]+$/, ''));
	if (!groups) {
		return null;
	}
	// IPv4-mapped (RFC 4291, 2.5.5.2): what a socket that listens on both calls an IPv4 address.
	if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
		return groups
			.slice(6)
			.flatMap((group) => [Math.floor(group / 256), group % 256])
			.join('.');
	}
	const prefix = groups.slice(0, 4).map((group) => group.toString(16));
	return `${prefix.join(':')}::/64`;
}

/** `[2001:db8::1]`, `[2001:db8::1]:443`, `192.0.2.1:443`. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^(${OCTET})\\.(${OCTET})\\.(${OCTET})\\.(${OCTET})$`);

/** Four decimal numbers. A leading zero is refused: for some programs it means octal. */
const ipv4 = (text: string) => IPV4.exec(text)?.slice(1).map(Number);

/** The eight groups of an IPv6 address, or null (RFC 4291, 2.2). */
function ipv6(text: string): number[] | null {
	const halves = text.split('::');
	if (halves.length > 2) {
		return null;
	}
	const parts = halves.map((half) => (half === '' ? [] : half.split(':')));
	const groups: number[][] = [];
	for (const [index, half] of parts.entries()) {
		const read = groupsOf(half, index === parts.length - 1);
		if (!read) {
			return null;
		}
		groups.push(read);
	}
	const [left = [], right = []] = groups;
	const missing = 8 - left.length - right.length;
	// `::` stands for one group of zeros at least; without it none may be missing.
	if (halves.length === 1 ? missing !== 0 : missing < 1) {
		return null;
	}
	return [...left, ...Array<number>(missing).fill(0), ...right];
}

/** Hexadecimal groups; the last part of an address may be an IPv4 address, which makes two. */
function groupsOf(parts: string[], last: boolean): number[] | null {
	const groups: number[] = [];
	for (const [index, part] of parts.entries()) {
		const octets = last && index === parts.length - 1 ? ipv4(part) : undefined;
		if (octets) {
			const [a, b, c, d] = octets as [number, number, number, number];
			groups.push(a * 256 + b, c * 256 + d);
		} else if (/^[0-9a-f]{1,4}$/i.test(part)) {
			groups.push(parseInt(part, 16));
		} else {
			return null;
		}
	}
	return groups;
}
