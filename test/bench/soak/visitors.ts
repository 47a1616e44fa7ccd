import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { createKey, type SiteKey } from '../../edge/credentials.ts';
import { between, type Random } from './random.ts';
import type { Person, Session, Site } from './servers.ts';
import { createPerson } from './servers.ts';
import { blame, judge, type Answered, type Asked, type Tally } from './tally.ts';
import type { Weather } from './weather.ts';

const BROWSERS = 120;
const PEOPLE = 150;
/** An identity is remembered for so long, in seconds: short, so that it is forgotten often. */
export const REMEMBERED = 20;

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

interface Request extends Pick<Asked, 'kind' | 'person' | 'endedAt'> {
	headers: Record<string, string>;
}

const never = () => undefined;

/**
 * A browser has one cookie for all its tabs, and each tab the nonce or the JWT that it got last. Its
 * people log out, and others log in at the same browser, which the other tabs learn by a refusal.
 */
function createBrowser(index: number, people: Person[], site: Site, random: Random) {
	const address = `198.51.100.${index + 1}`;
	const signed = index % 2 === 0;
	const somebody = () => people[Math.floor(random() * people.length)]!;
	let session = site.logIn(somebody());
	let until = Date.now() + between(random, 5000, 60_000);

	/** The login of now. At times its person leaves, and mostly another one takes the place. */
	const current = () => {
		if (Date.now() > until) {
			until = Date.now() + between(random, 15_000, 90_000);
			site.logOut(session);
			session = random() < 0.2 ? session : site.logIn(somebody());
		}
		return session;
	};

	return {
		openTab() {
			let credential: Session = session;
			let jwt: { text: string; person: Person; until: number } | undefined;

			const askSigned = async (): Promise<Request> => {
				const { person } = current();
				if (!jwt || jwt.person !== person || Date.now() > jwt.until) {
					jwt = {
						text: await site.jwt(person),
						person,
						until: Date.now() + between(random, 2000, 60_000),
					};
				}
				const headers = { authorization: `Bearer ${jwt.text}` };
				return { kind: 'signed', person, endedAt: never, headers: here(headers) };
			};
			const askSession = (): Request => {
				const { cookie, person } = current();
				const own = credential;
				const headers = here({ cookie: `cart=1; ${cookie}`, 'x-wp-nonce': own.nonce });
				// Another person's cookie beside the nonce of a tab that was open before is nobody's.
				const whole = own.cookie === cookie;
				return {
					kind: 'session',
					person: whole ? person : null,
					endedAt: () => own.endedAt,
					headers,
				};
			};
			const here = (headers: Record<string, string>) => ({
				origin: site.url,
				'x-forwarded-for': address,
				...headers,
			});

			return {
				ask: async () => (signed ? askSigned() : askSession()),
				/** Fetches a fresh credential; where nobody is logged in, somebody may log in. */
				refused() {
					if (session.endedAt !== undefined && random() < 0.2) {
						session = site.logIn(somebody());
					}
					credential = session;
					jwt = undefined;
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
	const [one, other] = [people[index]!, people[index + 10]!];
	const past = Math.floor(Date.now() / 1000) - 3600;
	const jwts = [
		() => site.jwt(one, {}, stranger),
		() => site.jwt(one, { iat: past, exp: past + 600 }),
		() => site.jwt(one, { aud: 'another' }),
		async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.AA`,
		async () => 'eyJ.canary.rubbish',
	];
	const pick = Math.floor(random() * (jwts.length + 2));
	const jwt = await jwts[pick]?.();
	const session = site.logIn(one);
	const nonce = pick === jwts.length ? site.logIn(other).nonce : 'nonce-canary-0';
	return {
		kind: 'bad',
		person: null,
		endedAt: never,
		headers: {
			origin: site.url,
			'x-forwarded-for': `203.0.113.${index + 1}`,
			...(jwt === undefined
				? { cookie: session.cookie, 'x-wp-nonce': nonce }
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
		spells: {
			vendor: weather.vendor(),
			site: rest.kind === 'session' ? weather.sessions() : weather.keys(),
		},
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
	judge(tally, weather, asked, answered, REMEMBERED * 1000);
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
