import { toSignal } from '../clock.ts';
import type { HttpClient } from '../types.ts';

/** The way out by the global `fetch`, which every runtime has. */
export const webHttp: HttpClient = async ({ method, url, headers, body, maxBytes, deadline }) => {
	try {
		const response = await fetch(url, {
			method,
			headers,
			body: body ?? null,
			redirect: 'manual',
			// No platform's cache may hold an answer about a person.
			cache: 'no-store',
			signal: toSignal(deadline),
		});
		const text = await readText(response, maxBytes);
		if (text === null) {
			return { ok: false, failure: 'too_large' };
		}
		return {
			ok: true,
			status: response.status,
			header: (name) => response.headers.get(name),
			body: text,
		};
	} catch {
		return { ok: false, failure: deadline.passed ? 'timeout' : 'network' };
	}
};

/** The body's text, or null where it is larger than allowed. */
export async function readText({ body }: Response, maxBytes: number): Promise<string | null> {
	if (!body) {
		return '';
	}
	const reader = body.getReader();
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	let text = '';
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) {
			return text + decoder.decode();
		}
		size += value.byteLength;
		if (size > maxBytes) {
			void reader.cancel().catch(() => undefined);
			return null;
		}
		text += decoder.decode(value, { stream: true });
	}
}
