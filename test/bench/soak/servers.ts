import { createKey, sign, claimsOf, type SiteKey } from '../../edge/credentials.ts';
import {
	answerJson,
	answerKeys,
	answerText,
	hang,
	hangMidBody,
	reset,
	startUpstream,
	tokenOf,
	truncate,
	type Answer,
	type Upstream,
} from '../../edge/upstreams.ts';
import type { Random } from './random.ts';

export const API_KEY = 'canary-key-9f8e7d6c5b4a3210';
export const AUTHORIZATION = `Basic ${btoa(`user:${API_KEY}`)}`;

export interface Person {
	id: number;
	email: string;
	/** What the vendor answers for this person, and for nobody else. */
	token: string;
}

export function createPerson(id: number): Person {
	const email = `canary.${id}@customers.example`;
	return { id, email, token: tokenOf({ externalCustomerId: String(id), email }) };
}

/** How the vendor may be out of order. */
export const VENDOR_FAULTS = [
	'server errors',
	'hanging',
	'hanging in the middle of an answer',
	'cutting connections',
	'cutting answers short',
	'garbage',
	'too many requests',
	'refused key',
	'slow',
	'flaky',
] as const;
export type VendorFault = (typeof VENDOR_FAULTS)[number];

export interface Vendor extends Upstream {
	fault: VendorFault | 'a moment' | null;
}

/** eSputnik: its token is made of the identifiers that it is asked by. */
export async function startVendor(random: Random): Promise<Vendor> {
	const answer: Answer = (request, response) =>
		request.headers.authorization === AUTHORIZATION
			? answerJson({ token: tokenOf(JSON.parse(request.body) as Record<string, string>) })(
					request,
					response
				)
			: answerJson({ message: 'Unauthorized' }, 401)(request, response);
	const late =
		(milliseconds: number): Answer =>
		(request, response) =>
			void setTimeout(() => answer(request, response), milliseconds);
	// Never in the order of the questions, so that answers have a chance to be mixed up.
	const usual: Answer = (request, response) => late(random() * 40)(request, response);
	const error = answerJson({ message: 'Out of order' }, 503);
	const answers: Record<NonNullable<Vendor['fault']>, Answer> = {
		'server errors': error,
		hanging: hang,
		'hanging in the middle of an answer': hangMidBody,
		'cutting connections': reset,
		'cutting answers short': truncate,
		garbage: answerText('<html><body><h1>Bad gateway</h1>'),
		'too many requests': answerJson({ message: 'Slower' }, 429, { 'retry-after': '1' }),
		'refused key': answerJson({ message: 'Unauthorized' }, 401),
		slow: late(800),
		flaky: (request, response) => (random() < 0.3 ? error : usual)(request, response),
		'a moment': late(300),
	};
	const upstream = await startUpstream((request, response) =>
		(vendor.fault ? answers[vendor.fault] : usual)(request, response)
	);
	const vendor: Vendor = Object.assign(upstream, { fault: null });
	return vendor;
}

export const SITE_FAULTS = ['down', 'hanging', 'server errors', 'a page instead'] as const;

export interface Site extends Upstream {
	fault: (typeof SITE_FAULTS)[number] | null;
	/** Makes a new key the one that signs; the one before stays published. */
	rotateKey: () => Promise<void>;
	jwt: (person: Person, change?: object, key?: SiteKey) => Promise<string>;
}

/** WordPress: what it signs, and its published keys. */
export async function startSite(): Promise<Site> {
	let serial = 0;
	let keys = [await createKey('key-0')];

	const usual: Answer = (request, response) =>
		answerKeys(keys.map(({ jwk }) => jwk))(request, response);
	const answers: Record<NonNullable<Site['fault']>, Answer> = {
		down: reset,
		hanging: hang,
		'server errors': answerJson({ code: 'db_error' }, 500),
		'a page instead': answerText('<!doctype html><title>Maintenance</title>', 200),
	};
	const upstream = await startUpstream((request, response) =>
		(site.fault ? answers[site.fault] : usual)(request, response)
	);
	const site: Site = Object.assign(upstream, {
		fault: null,
		async rotateKey() {
			keys = [await createKey(`key-${++serial}`), keys[0]!];
		},
		jwt: ({ id, email }: Person, change: object = {}, key = keys[0]!) =>
			sign(claimsOf(upstream.url, { sub: String(id), email, ...change }), key),
	});
	return site;
}
