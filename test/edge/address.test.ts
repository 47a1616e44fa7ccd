import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, clientKey } from '../../src/edge/address.ts';

const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });
const full = (parts: number[]) => parts.map((part) => part.toString(16)).join(':');
/** The URL parser's spelling: the shortest, by another hand than ours. */
const shortest = (address: string) => new URL(`http://[${address}]/`).hostname.slice(1, -1);
const prefix = (parts: number[]) => `${full(parts.slice(0, 4))}::/64`;
const mapped = (parts: number[]) => parts.slice(0, 5).every((p) => p === 0) && parts[5] === 0xffff;

describe('IPv6', () => {
	it('counts by the first 64 bits, however the address is spelt', () => {
		const sparse = fc.array(fc.constantFrom(0, 0, 1, 0xab, 0xffff), {
			minLength: 8,
			maxLength: 8,
		});
		const spelling = fc.constantFrom(
			(text: string) => text,
			(text: string) => shortest(text),
			(text: string) => text.toUpperCase(),
			(text: string) => `[${shortest(text)}]`,
			(text: string) => `[${text}]:8443`,
			(text: string) => ` ${shortest(text)}%eth0 `,
			(text: string) => text.replace(/\b[\da-f]+\b/g, (part) => part.padStart(4, '0'))
		);
		fc.assert(
			fc.property(fc.oneof(groups, sparse), spelling, (parts, spell) => {
				fc.pre(!mapped(parts));
				expect(addressKey(spell(full(parts)))).toBe(prefix(parts));
			}),
			{ numRuns: 1000 }
		);
	});

	it('reads exactly what the URL parser reads', () => {
		const piece = fc.constantFrom('::', ':', '0', '1', 'ffff', '12345', 'g', '1.2.3.4', '.');
		const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(text, (address) => {
				fc.pre(address.includes(':') && !/^[\d.]+:\d{1,5}$/.test(address));
				expect(addressKey(address) !== null).toBe(URL.canParse(`http://[${address}]/`));
			}),
			{ numRuns: 5000 }
		);
	});

	it('an IPv4-mapped address is the IPv4 address', () => {
		fc.assert(
			fc.property(fc.ipV4(), (address) => {
				const [a, b, c, d] = address.split('.').map(Number) as [
					number,
					number,
					number,
					number,
				];
				const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
				for (const text of [
					`::ffff:${address}`,
					`::FFFF:${hex}`,
					`0:0:0:0:0:ffff:${hex}`,
					`0:0:0:0:0:ffff:${address}`,
					`[::ffff:${address}]:80`,
				]) {
					expect(addressKey(text)).toBe(address);
				}
			})
		);
	});

	it.each(['::1.2.3.4', '::', '::1', '0:0:0:0:0:0:1.2.3.4'])('%s is no mapped one', (text) =>
		expect(addressKey(text)).toBe('0:0:0:0::/64')
	);
});

describe('IPv4', () => {
	it('is itself, with and without a port', () => {
		fc.assert(
			fc.property(fc.ipV4(), fc.nat(65535), (address, port) => {
				expect(addressKey(address)).toBe(address);
				expect(addressKey(` ${address}:${port}`)).toBe(address);
			})
		);
	});

	it.each([
		...['', ' ', '1', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.4:', '1.2.3.-4'],
		...[
			'1:2:3:4::5:6:7:8',
			'1.2.3.4:123456',
			'localhost',
			'unknown',
			'_hidden',
			'0x7f.0.0.1',
			'1.2.3.4/8',
		],
		...[
			'[1.2.3.4',
			'::1]',
			'[]',
			'[::1]x',
			'1.2.3.4%eth0',
			'1.2.3.4, 5.6.7.8',
			`::${'1'.repeat(99)}`,
		],
	])('"%s" is no address', (text) => expect(addressKey(text)).toBeNull());
});

describe('X-Forwarded-For', () => {
	const address = fc.oneof(fc.ipV4(), fc.ipV6());
	const anything = fc.oneof(address, fc.string(), fc.constantFrom('', ',', ' , ', 'unknown'));

	it('the entry of the outermost trusted proxy counts; what the client wrote never does', () => {
		fc.assert(
			fc.property(
				fc.array(anything),
				fc.array(address, { minLength: 1, maxLength: 10 }),
				address,
				(spoofed, [client, ...proxies], peer) => {
					const header = [...spoofed, client!, ...proxies].join(', ');
					expect(clientKey(peer, header, proxies.length + 1)).toBe(addressKey(client!));
				}
			),
			{ numRuns: 1000 }
		);
	});

	it('without trusted proxies it is not read', () => {
		fc.assert(
			fc.property(fc.array(anything), address, (entries, peer) => {
				expect(clientKey(peer, entries.join(','), 0)).toBe(addressKey(peer));
			})
		);
	});

	it.each([
		['missing', null, 1],
		['empty', '', 1],
		['no address at its place', '192.0.2.1, unknown', 1],
		['shorter than the chain of proxies', '192.0.2.1', 2],
	])('%s: the peer counts', (_name, header, proxies) => {
		expect(clientKey('::ffff:198.51.100.7', header, proxies)).toBe('198.51.100.7');
	});

	it('never throws, and never takes a key from the client that is no address', () => {
		const key = /^(\d+\.\d+\.\d+\.\d+|[\da-f:]+::\/64|unknown)$/;
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.nat(10), (peer, header, proxies) => {
				expect(clientKey(peer, header, proxies)).toMatch(key);
			})
		);
	});

	it('whose connection is gone already counts with all the others like that', () =>
		expect(clientKey('', null, 0)).toBe('unknown'));
});
