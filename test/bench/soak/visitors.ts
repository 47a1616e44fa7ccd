import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { createKey, type SiteKey } from '../../edge/credentials.ts';
import { between, type Random } from './random.ts';
import type { Person, Site } from './servers.ts';
import { createPerson } from './servers.ts';
import { blame, judge, type Answered, type Asked, type Tally } from './tally.ts';
import type { Weather } from './weather.ts';

const BROWSERS = 120;
const PEOPLE = 150;
/** How long credentials live, in seconds: short, so that many are shown when they have expired. */
const LIVES = [5, 60] as const;
/** How much clocks may differ, in seconds. */
const SKEW = 60;

export interface Visitors {
	/** Ends after the answers to what is asked already. */
	leave: () => Promise<void>;
}

export interface Scene {
	origin: string;
	site: Site;
	weather: Weather;
	tally: Tally;
	random: Random;
	/** How long a tab rests between two visits, at most, in milliseconds. */
	restMs: number;
}

/** Good visitors in browsers with several tabs each, and four who try bad credentials. */
export async function letVisitorsIn(scene: Scene): Promise<Visitors> {
	const { origin, site, random, restMs } = scene;
	// No request waits for a connection, also while all are hanging.
	const pool = new Pool(origin, { connections: 1000, headersTimeout: 20_000 });
	const people = Array.from({ length: PEOPLE }, (_, index) => createPerson(index + 1));
	const stranger = await createKey('key-0');
	let open = true;

	const tabs = Array.from({ length: BROWSERS }, (_, index) => {
		const browser = createBrowser(index, people, site, random);
		return Array.from({ length: 1 + (index % 3) }, () => browser.openTab());
	}).flat();
	const loops = tabs.map(async (tab) => {
		while (open) {
			await sleep(between(random, 0, restMs));
			await visit(scene, pool, await tab.ask(), tab.refused);
		}
	});
	const intruders = Array.from({ length: 4 }, async (_, index) => {
		while (open) {
			await sleep(between(random, 100, 600));
			await visit(scene, pool, await badRequest(index, people, site, stranger, random));
		}
	});
	return {
		async leave() {
			open = false;
			await Promise.all([...loops, ...intruders]);
			await pool.close();
		},
	};
}

interface Request extends Pick<Asked, 'kind' | 'person' | 'goodUntil'> {
	headers: Record<string, string>;
}

/**
 * Each tab of a browser has the credential that it got last, and shows it for longer than it lives at
 * times. Its people log out, and others log in at the same browser.
 */
function createBrowser(index: number, people: Person[], site: Site, random: Random) {
	const address = `198.51.100.${index + 1}`;
	const somebody = () => people[Math.floor(random() * people.length)]!;
	let person = somebody();
	let until = Date.now() + between(random, 5000, 60_000);

	/** Who is logged in now. At times its person leaves, and another one takes the place. */
	const current = () => {
		if (Date.now() > until) {
			until = Date.now() + between(random, 15_000, 90_000);
			person = somebody();
		}
		return person;
	};

	return {
		openTab() {
			let own: { jwt: string; person: Person; until: number; goodUntil: number } | undefined;

			const fresh = async (who: Person) => {
				const iat = Math.floor(Date.now() / 1000);
				const exp = iat + Math.ceil(between(random, ...LIVES));
				return {
					jwt: await site.jwt(who, { iat, exp }),
					person: who,
					until: Date.now() + between(random, 2000, 150_000),
					goodUntil: (exp + SKEW) * 1000,
				};
			};

			return {
				async ask(): Promise<Request> {
					const who = current();
					if (own?.person !== who || Date.now() > own.until) {
						own = await fresh(who);
					}
					return {
						kind: 'good',
						person: who,
						goodUntil: own.goodUntil,
						headers: {
							origin: site.url,
							'x-forwarded-for': address,
							authorization: `Bearer ${own.jwt}`,
							// As browsers add them at the site's own address.
							cookie: 'wordpress_logged_in_0=canary-cookie',
						},
					};
				},
				/** Fetches a fresh credential; not always at once, so that expired ones come again. */
				refused() {
					if (random() < 0.5) {
						own = undefined;
					}
				},
			};
		},
	};
}

/** Something that must never bring a token, from an address where only such comes from. */
async function badRequest(
	index: number,
	people: Person[],
	site: Site,
	stranger: SiteKey,
	random: Random
): Promise<Request> {
	const one = people[index]!;
	const past = Math.floor(Date.now() / 1000) - 3600;
	const jwts = [
		() => site.jwt(one, {}, stranger),
		() => site.jwt(one, { iat: past, exp: past + 600 }),
		() => site.jwt(one, { aud: 'another' }),
		async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.AA`,
		async () => 'eyJ.canary.rubbish',
	];
	// Beyond them: a login of WordPress, which is no credential.
	const jwt = await jwts[Math.floor(random() * (jwts.length + 1))]?.();
	return {
		kind: 'bad',
		person: null,
		goodUntil: 0,
		headers: {
			origin: site.url,
			'x-forwarded-for': `203.0.113.${index + 1}`,
			...(jwt === undefined
				? { cookie: 'wordpress_logged_in_0=canary-cookie' }
				: { authorization: `Bearer ${jwt}` }),
		},
	};
}

/** Asks, at times changes its mind, and counts what comes of it. */
async function visit(
	{ weather, tally, random }: Scene,
	pool: Pool,
	{ headers, ...rest }: Request,
	refused?: () => void
) {
	const impatient =
		random() < 0.02 ? AbortSignal.timeout(Math.floor(between(random, 0, 60))) : undefined;
	const asked: Asked = {
		...rest,
		at: Date.now(),
		spells: { vendor: weather.vendor(), site: weather.keys() },
	};
	let answered: Answered;
	try {
		answered = await ask(pool, headers, impatient);
	} catch (error) {
		if (impatient?.aborted) {
			tally.aborted++;
		} else {
			const { code, message } = error as NodeJS.ErrnoException;
			blame(tally, 'lost', `${rest.kind}, ${code ?? message}`);
		}
		return;
	}
	judge(tally, weather, asked, answered);
	if (answered.status === 401) {
		refused?.();
	}
}

async function ask(
	pool: Pool,
	headers: Record<string, string>,
	signal?: AbortSignal
): Promise<Answered> {
	const { statusCode: status, body } = await pool.request({
		method: 'POST',
		path: '/app-inbox/token',
		headers,
		...(signal ? { signal } : {}),
	});
	const { code = '', token } = (await body.json()) as { code?: string; token?: string };
	return { status, code, token };
}
