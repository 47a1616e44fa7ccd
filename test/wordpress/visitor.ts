import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';

/** A browser without a window: it keeps its own cookies and follows no redirect by itself. */
export class Visitor {
	readonly cookies = new Map<string, string>();

	constructor(readonly site: string) {}

	async fetch(address: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		if (this.cookies.size) {
			headers.set('Cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
		}
		const response = await fetch(new URL(address, this.site), {
			redirect: 'manual',
			...init,
			headers,
		});
		for (const cookie of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (
				/expires=[^;]*\b19\d\d\b|max-age=0/i.test(cookie) ||
				value === '+' ||
				value === '%20'
			) {
				this.cookies.delete(name);
			} else {
				this.cookies.set(name, value);
			}
		}
		return response;
	}

	/** Fills in WordPress's login form. */
	async logIn(name: string, password = 'password'): Promise<Response> {
		await this.fetch('/wp-login.php');
		return this.fetch('/wp-login.php', {
			method: 'POST',
			body: new URLSearchParams({
				log: name,
				pwd: password,
				'wp-submit': 'Log In',
				testcookie: '1',
			}),
		});
	}

	/** WordPress's REST nonce; for a guest the answer is `0`. */
	async nonce(): Promise<string> {
		return (await this.fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
	}

	/** Asks WordPress's REST API as its own pages do; a body goes as JSON. */
	async rest(
		route: string,
		{ method = 'GET', body }: { method?: string; body?: unknown } = {}
	): Promise<{ status: number; body: any }> {
		const response = await this.fetch(`/wp-json${route}`, {
			method,
			headers: { 'content-type': 'application/json', 'x-wp-nonce': await this.nonce() },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		return { status: response.status, body: await response.json() };
	}

	/** The JWT that WordPress signs for this visitor; '' for whoever has no inbox. */
	async identity(): Promise<string> {
		return (await this.fetch(IDENTITY_URL, { method: 'POST' })).text();
	}
}
