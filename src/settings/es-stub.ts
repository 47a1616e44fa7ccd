/**
 * `window.eS` as a snippet leaves it: a function that keeps its commands for eSputnik's script. The
 * vendor's own hands its arguments to `c`, which keeps its own in `q`, so that entries are nested
 * (`q[0][0][0]` is the first command's name); the one of the vendor's app for Shopify has no `c`, and at
 * first no `q`, and entries are flat.
 */
export interface EsStub {
	(...command: unknown[]): void;
	c?: unknown;
	q?: unknown;
}

/**
 * Whether commands still wait there. eSputnik's script takes over by putting something of its own in
 * the place of `c`, of `q`, or of both (inferred).
 */
export const isStub = (eS: EsStub): boolean =>
	/\.q\W+push/.test(`${eS.c ?? eS}`) && ((eS.q || []) as unknown[]).push === [].push;
