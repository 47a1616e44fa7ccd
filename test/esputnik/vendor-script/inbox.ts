import type { Client } from './client.ts';
import { labelsFor } from './labels.ts';
import { type Place, type Widget, createWidget } from './widget.ts';

export interface WidgetConfig extends Place {
	/** How often the bell's number is asked for. */
	pollSeconds: number;
}

/**
 * The bell appears once the number of unread messages is known, and goes when the visitor has no
 * token any more. A request that fails leaves everything as it was until the next turn.
 */
export function startInbox(client: Client, language: string, config: WidgetConfig): void {
	let widget: Widget | undefined;
	let ended = false;
	const timer = setInterval(refresh, config.pollSeconds * 1000);
	refresh();

	async function refresh(): Promise<void> {
		const answer = await client.count();
		if (answer.ok) {
			await documentParsed();
			if (ended) {
				return;
			}
			widget ??= createWidget(labelsFor(language), language, config, open);
			widget.setCount(answer.data.count);
		} else if (answer.reason === 'no-token') {
			end();
		}
	}

	/** Shows the newest messages, then tells the vendor that they were seen. */
	async function open(): Promise<void> {
		const answer = await client.list();
		if (!answer.ok) {
			widget?.setMessages(null);
			if (answer.reason === 'no-token') {
				end();
			}
			return;
		}
		const { list } = answer.data;
		widget?.setMessages(list);
		const ids = list.filter(({ status }) => status === 'UNOPENED').map(({ id }) => id);
		if (ids.length > 0) {
			await client.markOpened(ids);
			await refresh();
		}
	}

	function end(): void {
		ended = true;
		clearInterval(timer);
		widget?.remove();
		widget = undefined;
	}
}

const documentParsed = () =>
	new Promise<void>((resolve) => {
		if (document.readyState === 'loading') {
			document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
		} else {
			resolve();
		}
	});
