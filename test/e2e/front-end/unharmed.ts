/**
 * For pages on which little is as it should be: no error of ours ever reaches them, and their own scripts
 * run on. Where it can, App Inbox works.
 */
import { expect } from 'vitest';
import { document, type Opened } from './stage.ts';

/** What the page has done to itself, then ours, then the page's own. */
export const pageOf = (before: string, ours: string) =>
	document(`<script>${before}</script>${ours}<script>window.after = 1</script>`);

/** The page goes on as if we were not there. */
export async function expectUnharmed(opened: Opened) {
	const { status } = await opened.settle();
	expect(await opened.read('window.after')).toBe(1);
	expect(opened.errors).toEqual([]);
	expect(opened.warnings()).toEqual([]);
	expect(status?.message).toMatch(/(^|[ .])Open \?app-inbox-debug\.$/);
}

/** Tracking waits for a consent, and with it a part of ours for the page to be parsed. */
export const WAITING = { features: { tracking: true }, consent: 'statistics' } as const;
