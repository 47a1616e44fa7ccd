import { clientKey } from './address.ts';
import type { Verification } from './identity/verifier.ts';
import type { Service } from './service.ts';
import type { Context } from './types.ts';

export type Limited = { kind: 'limited'; waitMs: number; by: 'identity' | 'address' };

type Identifying = Pick<Service, 'config' | 'verifier' | 'limits' | 'metrics' | 'reportProxy'>;

/**
 * Who sent a request, within the limits. A credential that is not known as good costs its address
 * one of its refusals before any work is done for it, and gets it back unless it is refused: so many
 * at once are no way around the limit. A known one passes, whatever others do at the same address.
 * Where the runtime names no peer there is no limit by address: one for all would let anybody lock
 * out everybody.
 */
export async function identify(
	request: Request,
	{ config, verifier, limits, metrics, reportProxy }: Identifying,
	{ peer }: Context = {}
): Promise<Verification | Limited> {
	const known = await verifier.recall(request);
	const verification = known ?? (await verifyUnknown());
	metrics.credentials({ result: known ? 'remembered' : verification.kind });
	if (verification.kind === 'verified') {
		const { externalCustomerId } = verification.identity;
		const waitMs = await limits.tokens.take(
			externalCustomerId ?? JSON.stringify(verification.identity)
		);
		return waitMs > 0 ? { kind: 'limited', waitMs, by: 'identity' } : verification;
	}
	return verification;

	async function verifyUnknown() {
		if (peer === undefined) {
			return verifier.verify(request);
		}
		const forwarded = request.headers.get('x-forwarded-for');
		if (forwarded !== null && config.trustedProxies === 0 && LOOPBACK.test(peer)) {
			reportProxy();
		}
		const key = clientKey(peer, forwarded, config.trustedProxies);
		const waitMs = await limits.refusals.take(key);
		if (waitMs > 0) {
			return { kind: 'limited' as const, waitMs, by: 'address' as const };
		}
		let refused = false;
		try {
			const result = await verifier.verify(request);
			refused = result.kind === 'refused';
			return result;
		} finally {
			await (refused ? limits.refusals.used?.(key) : limits.refusals.giveBack(key));
		}
	}
}

/** A proxy on the same machine: it writes the header, and all visitors come from its address. */
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;
