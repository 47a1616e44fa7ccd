export interface InboxMessage {
	id: string;
	createdDate: number;
	title: string;
	/** HTML, or a mere text. */
	content: string;
	image: string;
	link: string;
	category: string;
	customData: Record<string, string>;
	newMessage: boolean;
	status: 'OPENED' | 'UNOPENED';
}

/** `no-token`: the visitor has no inbox (any more). `failed`: it may work next time. */
export type Answer<T> = { ok: true; data: T } | { ok: false; reason: 'no-token' | 'failed' };

export type Client = ReturnType<typeof createClient>;

/**
 * The Inbox API. Each answer brings the token for the next request, so requests go one after the
 * other. A 401 is answered by asking for a token again, once per request.
 */
export function createClient(address: string, askToken: () => Promise<string>) {
	let token = '';
	let last: Promise<unknown> = Promise.resolve();

	function request<T>(path: string, body?: unknown): Promise<Answer<T>> {
		const answer = last.then(() => attempt<T>(path, body));
		last = answer;
		return answer;
	}

	async function attempt<T>(path: string, body: unknown): Promise<Answer<T>> {
		for (let tries = 0; tries < 2; tries++) {
			token = token || (await askToken());
			if (!token) {
				return { ok: false, reason: 'no-token' };
			}
			try {
				const response = await fetch(address + path, {
					headers: {
						'ES-TOKEN': token,
						...(body !== undefined && { 'Content-Type': 'application/json' }),
					},
					...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
				});
				// A refusal before the token was looked at brings no new one, and leaves it valid.
				token = response.headers.get('ES-TOKEN') || (response.ok ? '' : token);
				if (response.ok) {
					return { ok: true, data: (await response.json()) as T };
				}
				if (response.status !== 401) {
					return { ok: false, reason: 'failed' };
				}
				token = '';
			} catch {
				// No connection, or no JSON.
				return { ok: false, reason: 'failed' };
			}
		}
		return { ok: false, reason: 'failed' };
	}

	return {
		count: () => request<{ count: number }>('/count'),
		list: () => request<{ list: InboxMessage[] }>('?page=0&pageSize=20'),
		markOpened: (ids: string[]) => request<unknown>('/status', { status: 'OPENED', ids }),
	};
}
