import * as z from 'zod/mini';
import { type Reply, json, text } from './http.ts';
import { explain } from './seed.ts';

/** The routes that can be made to fail. */
export const FAULT_ROUTES = ['token', 'account', 'count', 'messages', 'status', 'script'] as const;
export type FaultRoute = (typeof FAULT_ROUTES)[number];

const faultSchema = z.strictObject({
	/** Waits before anything else happens, the normal answer included. */
	delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
	/** The answer's status; 200 when only a body is given, 429 when only retryAfter is. */
	status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
	/** A string goes out as plain text, anything else as JSON. */
	body: z.optional(z.json()),
	/** Cuts the connection without an answer. */
	reset: z.optional(z.literal(true)),
	/** Answers what a broken proxy would: HTML where JSON or a script should be. */
	garbage: z.optional(z.literal(true)),
	/** The value of a Retry-After header: seconds or an HTTP date. */
	retryAfter: z.optional(z.union([z.number(), z.string()])),
	/** After so many requests all is well again; left out: until it is taken away. */
	times: z.optional(z.int().check(z.minimum(1))),
});

/** How a route misbehaves. A request that meets one (but for a mere delay) uses no token up. */
export type Fault = z.infer<typeof faultSchema>;

export type Faults = ReturnType<typeof createFaults>;

export function createFaults() {
	const active = new Map<FaultRoute, Fault>();
	return {
		/** Throws a sentence when it is no fault. */
		set(route: FaultRoute, input: unknown): void {
			const result = faultSchema.safeParse(input);
			if (!result.success) {
				throw new Error(`This is no fault. ${explain(result.error)}`);
			}
			active.set(route, result.data);
		},

		clear(route?: FaultRoute): void {
			if (route) {
				active.delete(route);
			} else {
				active.clear();
			}
		},

		/** The fault that a request to this route meets; counts down its `times`. */
		take(route: FaultRoute): Fault | undefined {
			const fault = active.get(route);
			if (fault?.times !== undefined) {
				if (fault.times > 1) {
					active.set(route, { ...fault, times: fault.times - 1 });
				} else {
					active.delete(route);
				}
			}
			return fault;
		},
	};
}

/** What a fault answers instead of the route; undefined where it only delays. */
export function faultReply({ status, body, garbage, retryAfter }: Fault): Reply | undefined {
	const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
	if (garbage) {
		return {
			status: status ?? 200,
			type: 'text/html; charset=utf-8',
			body: '<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1>',
			headers,
		};
	}
	if (status === undefined && body === undefined && retryAfter === undefined) {
		return undefined;
	}
	const given = status ?? (body === undefined ? 429 : 200);
	if (typeof body === 'string') {
		return text(given, body, headers);
	}
	return json(given, body ?? { message: 'This fault was asked for.' }, headers);
}
