import { Visitor } from '../wordpress/visitor.ts';
import type { Stack } from './stack.ts';

/** A visitor of a site that may lie in a folder, and whose https ends at a proxy. */
export class StackVisitor extends Visitor {
	/** `sent` goes with each request. */
	constructor(
		private readonly stack: Pick<Stack, 'url'>,
		private readonly sent: Record<string, string> = {}
	) {
		super(stack.url.replace('https:', 'http:'));
	}

	/** @param address Below the site, from its slash on, or a whole address. */
	override fetch(address: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers({
			...this.sent,
			...Object.fromEntries(new Headers(init.headers)),
		});
		if (this.stack.url.startsWith('https:')) {
			headers.set('X-Forwarded-Proto', 'https');
		}
		return super.fetch(address.startsWith('/') ? this.site + address : address, {
			...init,
			headers,
		});
	}

	/**
	 * Asks a token function, the one below the site unless told otherwise, as the front end does in the
	 * site's pages: with the JWT that WordPress signs for this visitor, or with this one.
	 */
	async token(
		endpoint = `${this.site}/app-inbox/token`,
		credential?: string
	): Promise<{ status: number; token: string }> {
		const response = await this.fetch(endpoint, {
			method: 'POST',
			headers: {
				Origin: new URL(this.stack.url).origin,
				Authorization: `Bearer ${credential ?? (await this.identity())}`,
			},
		});
		const { token = '' } = (await response.json()) as { token?: string };
		return { status: response.status, token };
	}
}
