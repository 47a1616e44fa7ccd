import { setTimeout as sleep } from 'node:timers/promises';
import { between, createDeck, type Random } from './random.ts';
import { SITE_FAULTS, VENDOR_FAULTS, type Site, type Vendor } from './servers.ts';

/**
 * Whether a server has been well for so long that nothing before excuses a failure. A visit takes the
 * number of the spell of good weather that it began in; if the number is still the same at its end,
 * there is no excuse. Null: there is one.
 */
export type Spell = number | null;

export interface Weather {
	vendor: () => Spell;
	/** WordPress's keys, which are fetched at most every 30 seconds. */
	keys: () => Spell;
	/** To be told of each visit that got its token, with the time at which it asked. */
	good: (askedAt: number) => void;
	/** How long after the vendor's return the first good answer came, for each fault so far. */
	recoveries: Array<{ fault: string; seconds: number }>;
	/** What is out of order now, for people. */
	now: () => string;
	/** Resolves when the time is over and the vendor is back. */
	over: Promise<unknown>;
}

/** An attempt that began before the vendor's return may still fail for three seconds. */
const ATTEMPT_MS = 4000;
/** The keys are asked for every 30 seconds at most; and the question takes its time. */
const KEYS_MS = 36_000;
/** Long enough for the breaker's 30 seconds and a probe that begins at their end. */
const CALM_MS = 38_000;

/** Faults of the vendor and of the site, each on and off by a seeded schedule of its own. */
export function startWeather(
	vendor: Vendor,
	site: Site,
	random: Random,
	milliseconds: number
): Weather {
	const end = Date.now() + milliseconds;
	const spells = { vendor: createSpell(0), keys: createSpell(0) };
	const recoveries: Weather['recoveries'] = [];
	let returned: { fault: string; at: number } | null = null;

	const vendorTrack = async () => {
		const deal = createDeck(VENDOR_FAULTS, random);
		await sleep(5000);
		for (;;) {
			const lasts = between(random, 8000, 20_000);
			const left = end - Date.now();
			if (left < lasts + CALM_MS) {
				await sleep(Math.max(0, left));
				break;
			}
			const fault = deal();
			spells.vendor.end();
			vendor.fault = fault;
			await sleep(lasts);
			vendor.fault = null;
			returned = { fault, at: Date.now() };
			await sleep(Math.min(between(random, CALM_MS, CALM_MS + 8000), end - Date.now()));
		}
	};
	const siteTrack = async () => {
		const deal = createDeck([...SITE_FAULTS, 'new key', 'new key'] as const, random);
		for (;;) {
			await sleep(between(random, 8000, 30_000));
			const lasts = between(random, 2000, 8000);
			if (Date.now() + lasts > end) {
				break;
			}
			const event = deal();
			spells.keys.end();
			if (event === 'new key') {
				await site.rotateKey();
			} else {
				site.fault = event;
				await sleep(lasts);
				site.fault = null;
			}
			spells.keys.begin(KEYS_MS);
		}
	};

	return {
		vendor: spells.vendor.now,
		keys: spells.keys.now,
		good(askedAt) {
			if (returned && askedAt > returned.at) {
				const { fault, at } = returned;
				recoveries.push({ fault, seconds: (Date.now() - at) / 1000 });
				spells.vendor.begin(Math.max(0, at + ATTEMPT_MS - Date.now()));
				returned = null;
			}
		},
		recoveries,
		now: () => `vendor ${vendor.fault ?? 'well'}, site ${site.fault ?? 'well'}`,
		over: Promise.all([vendorTrack(), siteTrack()]),
	};
}

function createSpell(initial: number) {
	let number = initial;
	let since = 0;
	return {
		now: (): Spell => (Date.now() >= since ? number : null),
		end() {
			number++;
			since = Infinity;
		},
		/** Begins in so many milliseconds. */
		begin(delay: number) {
			since = Date.now() + delay;
		},
	};
}
