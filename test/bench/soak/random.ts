/** Numbers from 0 up to 1; the same seed makes the same ones (Lehmer's generator, MINSTD). */
export type Random = () => number;

export function createRandom(seed: number): Random {
	const modulus = 2 ** 31 - 1;
	let state = (Math.trunc(seed * 7919) % (modulus - 1)) + 1;
	return () => {
		state = (state * 48271) % modulus;
		return (state - 1) / (modulus - 1);
	};
}

export const between = (random: Random, least: number, most: number) =>
	least + random() * (most - least);

/** Deals each card once before any comes again. */
export function createDeck<T>(cards: readonly T[], random: Random): () => T {
	let left: T[] = [];
	return () => {
		if (left.length === 0) {
			left = [...cards];
		}
		return left.splice(Math.floor(random() * left.length), 1)[0]!;
	};
}
