import { expect, it } from 'vitest';
import { forge } from '../credentials.ts';
import type { Answered, Running, World } from './world.ts';

const REFUSALS = 120;

export function limitCases(world: World) {
	const isLimited = (answer: Answered) => {
		expect(answer).toMatchObject({
			status: 429,
			headers: { 'content-type': 'application/problem+json' },
			json: { status: 429, code: 'rate_limited' },
		});
		const seconds = Number(answer.headers['retry-after']);
		expect(seconds).toBeGreaterThan(0);
		expect(seconds).toBeLessThanOrEqual(60);
	};

	/** A credential that nobody has shown before; it fails at its signature. */
	let count = 0;
	const bad = () => forge({ alg: 'EdDSA', kid: 'key-1' }, { sub: String(count++) }, 'no key');
	const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

	/** All refusals of a minute. */
	async function useUp(server: Running, forwarded: (n: number) => string) {
		const asked = Array.from({ length: REFUSALS }, (_, n) =>
			world.signed(bad(), from(forwarded(n)), server)
		);
		const statuses = (await Promise.all(asked)).map(({ status }) => status);
		expect(statuses).toEqual(Array(REFUSALS).fill(401));
	}

	it('case 24: each identity has its share, whatever credentials and addresses it uses', async () => {
		const server = await world.start({ RATE_LIMIT_PER_MINUTE: '3' });
		const jwt = await world.jwt({ sub: '2' });
		expect((await world.signed(jwt, from('192.0.2.1'), server)).status).toBe(200);
		expect((await world.signed(jwt, from('192.0.2.2'), server)).status).toBe(200);
		const another = await world.jwt({ sub: '2', email: 'canary.other@example.com' });
		expect((await world.signed(another, from('192.0.2.3'), server)).status).toBe(200);
		world.vendor.requests = [];
		isLimited(await world.signed(jwt, from('192.0.2.4'), server));
		expect(world.vendor.requests).toEqual([]);
		const neighbour = await world.jwt({ sub: '3' });
		expect((await world.signed(neighbour, from('192.0.2.4'), server)).status).toBe(200);
	});

	it('case 24: a spoofed X-Forwarded-For is no way around the limit by address', async () => {
		const server = await world.start();
		const known = await world.jwt({ sub: '2' });
		expect((await world.signed(known, from('192.0.2.1'), server)).status).toBe(200);
		await useUp(server, (n) => `198.51.100.${n}, 192.0.2.1`);

		isLimited(await world.signed(bad(), from('203.0.113.1, 192.0.2.1'), server));
		isLimited(await world.signed(bad(), from('::ffff:192.0.2.1'), server));
		// Good, but not known yet: nobody can tell the two apart without the work.
		isLimited(await world.signed(await world.jwt({ sub: '5' }), from('192.0.2.1'), server));
		// Known as good: not held back.
		expect((await world.signed(known, from('192.0.2.1'), server)).status).toBe(200);
		// Others' addresses, the spoofed ones among them.
		expect((await world.signed(bad(), from('198.51.100.1'), server)).status).toBe(401);
		expect(
			(await world.signed(await world.jwt({ sub: '5' }), from('192.0.2.2'), server)).status
		).toBe(200);
	});

	it('case 24: without trusted proxies only the peer counts', async () => {
		const server = await world.start({ TRUSTED_PROXIES: '0' });
		await useUp(server, (n) => `198.51.100.${n}`);
		isLimited(await world.signed(bad(), from('203.0.113.1'), server));
	});

	it('case 24: an address that cannot be read counts as the peer', async () => {
		const server = await world.start({ TRUSTED_PROXIES: '2' });
		await useUp(server, (n) => `198.51.100.${n}`);
		isLimited(await world.signed(bad(), from('canary, 192.0.2.1'), server));
		expect((await world.signed(bad(), from('192.0.2.9, 192.0.2.1'), server)).status).toBe(401);
	});

	it('case 24: rotating IPv6 addresses within a /64 is no way around', async () => {
		const server = await world.start();
		await useUp(server, (n) => `2001:db8:0:1:${n.toString(16)}::1`);
		isLimited(await world.signed(bad(), from('[2001:db8:0:1::ffff]:443'), server));
		expect((await world.signed(bad(), from('2001:db8:0:2::1'), server)).status).toBe(401);
	});
}
