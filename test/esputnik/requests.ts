import type { Esputnik } from './server.ts';

export const JSON_TYPE = { 'Content-Type': 'application/json' };

export const basic = (pair: string) => ({ Authorization: `Basic ${btoa(pair)}` });

/** The requests that a site's back end, the widget and the person at the controls make. */
export function requestsTo(esputnik: Esputnik) {
	const askToken = (
		body: unknown,
		headers: Record<string, string> = basic(`:${esputnik.apiKey}`)
	) =>
		fetch(`${esputnik.apiUrl}/v1/auth/contact/token`, {
			method: 'POST',
			headers: { ...JSON_TYPE, ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});

	return {
		askToken,

		tokenOf: async (body: unknown): Promise<string> =>
			((await (await askToken(body)).json()) as { token: string }).token,

		inbox: (path: string, token: string, init: RequestInit = {}) =>
			fetch(`${esputnik.url}/appinbox/v1/messages${path}`, {
				...init,
				headers: { 'ES-TOKEN': token, ...init.headers },
			}),

		putFault: (route: string, fault: unknown) =>
			fetch(`${esputnik.url}/faults/${route}`, {
				method: 'PUT',
				headers: JSON_TYPE,
				body: JSON.stringify(fault),
			}),

		send: (message: unknown, headers: Record<string, string> = JSON_TYPE) =>
			fetch(`${esputnik.url}/messages`, {
				method: 'POST',
				headers,
				body: JSON.stringify(message),
			}),
	};
}
