import { ID, INIT } from '../snippets.ts';

export interface Form {
	name: string;
	/** As pages have it. */
	html: string;
	/** As it is copied. */
	pasted: string;
	host: 'cdn.esputnik.com' | 'statics.esputnik.com';
	id: string;
	/** What `init` says in the text that is copied; null where it has none. */
	init: { APP_INBOX: boolean; RECOMS: boolean; TRACKING: boolean } | null;
	/** A consent tool or an optimiser holds it back: on a page it does nothing as yet. */
	held?: true;
}

export type Change = Partial<Omit<Form, 'name'>>;

export const BARE = { APP_INBOX: false, RECOMS: true, TRACKING: true };
export const FLAGS = { APP_INBOX: false, RECOMS: true, TRACKING: false };
export const INIT_FLAGS = INIT.flags('{TRACKING: false, RECOMS: true}');

export const form = (name: string, html: string, change: Change = {}): Form => ({
	name,
	html,
	pasted: html,
	host: 'cdn.esputnik.com',
	id: ID,
	init: BARE,
	...change,
});

export const element = (code: string) => `<script>${code}</script>`;
