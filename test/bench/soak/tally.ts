import type { Person } from './servers.ts';
import type { Spell, Weather } from './weather.ts';

/** A visit before it is answered. */
export interface Asked {
	kind: 'good' | 'bad';
	/** Whose the credential is; null where it is none's. */
	person: Person | null;
	/** When the credential has expired, with the minute that clocks may differ by. */
	goodUntil: number;
	at: number;
	spells: { vendor: Spell; site: Spell };
}

export interface Answered {
	status: number;
	/** Of a problem; '' where there is none. */
	code: string;
	token: string | undefined;
}

/** What is counted. All but `outcomes` and `aborted` must stay 0. */
export interface Tally {
	outcomes: Map<string, number>;
	aborted: number;
	wrongUser: number;
	/** A token for a credential that is none. */
	admitted: number;
	/** A token for a credential that had expired. */
	expired: number;
	/** Accepted and never answered. */
	lost: number;
	/** No status and code of the contract for such a visit. */
	unexpected: number;
	/** A good credential without its token, though vendor and site were well all the time. */
	inexcusable: number;
	/** The first few of what must not be, for people. */
	notes: string[];
}

export const createTally = (): Tally => ({
	outcomes: new Map(),
	aborted: 0,
	wrongUser: 0,
	admitted: 0,
	expired: 0,
	lost: 0,
	unexpected: 0,
	inexcusable: 0,
	notes: [],
});

type Fault = Exclude<keyof Tally, 'outcomes' | 'aborted' | 'notes'>;

export function blame(tally: Tally, fault: Fault, what: string) {
	tally[fault]++;
	if (tally.notes.length < 20) {
		tally.notes.push(`${fault}: ${what}`);
	}
}

/** Every status that a visit may get, with its code. */
const EXPECTED: ReadonlySet<string> = new Set([
	'200',
	'401 unauthenticated',
	'429 rate_limited',
	'502 vendor_refused',
	...[502, 503, 504].flatMap((status) => [
		`${status} vendor_unavailable`,
		`${status} site_unavailable`,
	]),
]);

export function judge(tally: Tally, weather: Weather, asked: Asked, answered: Answered) {
	const { kind, person, goodUntil, at, spells } = asked;
	const outcome = `${answered.status} ${answered.code}`.trim();
	const what = `${kind}, ${outcome}`;
	const counted = `${person ? 'somebody’s' : 'nobody’s'} credential, ${outcome}`;
	tally.outcomes.set(counted, (tally.outcomes.get(counted) ?? 0) + 1);
	if (!EXPECTED.has(outcome)) {
		blame(tally, 'unexpected', what);
		return;
	}
	if (answered.status === 200) {
		if (!person) {
			blame(tally, 'admitted', what);
		} else if (answered.token !== person.token) {
			blame(tally, 'wrongUser', what);
		} else if (at >= goodUntil) {
			blame(tally, 'expired', what);
		} else {
			weather.good(at);
		}
		return;
	}
	const well =
		spells.vendor !== null &&
		spells.site !== null &&
		spells.vendor === weather.vendor() &&
		spells.site === weather.keys();
	if (person && Date.now() < goodUntil && well) {
		blame(tally, 'inexcusable', what);
	}
}
