/** The two answers of a WordPress, and what other code on the site does beside them. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PLUGIN } from '../../build/paths.ts';
import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { Visitor } from '../wordpress/visitor.ts';
import { startWordPress, type WordPress } from '../wordpress/wordpress.ts';

export interface BesideOthers extends WordPress {
	/** From now on a must-use plugin runs this PHP with each request; '' takes it away. */
	others: (php: string) => Promise<void>;
}

/** A WordPress whose administrators have no inbox. */
export async function startBesideOthers(): Promise<BesideOthers> {
	const wordpress = await startWordPress({
		plugin: PLUGIN,
		settings: {
			...defaultSettings(),
			scriptId: '0123456789ABCDEF'.repeat(2),
			endpoint: 'https://inbox.example/token',
			excludedRoles: ['administrator'],
		},
		muPlugin: `<?php
			if ( is_file( WP_CONTENT_DIR . '/others.php' ) ) {
				require WP_CONTENT_DIR . '/others.php';
			}`,
	});
	const file = join(dirname(wordpress.database()), '../others.php');
	return { ...wordpress, others: (php) => writeFile(file, `<?php ${php}`) };
}

/** Status, headers and text of what comes for a credential, asked for as a page does. */
export async function askIdentity(visitor: Visitor, method = 'POST') {
	return whole(await visitor.fetch(`${IDENTITY_URL}&${Math.random()}`, { method }));
}

export async function whole(answer: Response) {
	return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

export type Answer = Awaited<ReturnType<typeof whole>>;

export const MARKER = 'app_inbox_user';
/** A marker as WordPress makes them, of a login that is over. */
export const STALE = btoa('0'.repeat(30));

/** What the answer does to the marker: its new value, '' where it is cleared, null where it stays. */
export function markerIn({ headers }: Answer): string | null {
	const cookie = headers.getSetCookie().find((text) => text.startsWith(`${MARKER}=`));
	if (cookie === undefined) {
		return null;
	}
	return /expires=[^;]*\b1970\b/i.test(cookie) ? '' : /=(\w*)/.exec(cookie)![1]!;
}

export const JWT = /^[\w-]+\.[\w-]+\.[\w-]{86}$/;
export const claimsOf = (jwt: string) =>
	JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());
