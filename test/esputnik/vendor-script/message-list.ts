import type { InboxMessage } from './client.ts';
import { element, webAddress } from './elements.ts';
import { formattedText } from './formatted-text.ts';
import { type Labels, formatDate } from './labels.ts';

/** The messages as a list. A title stays text, whatever is in it; a content may be HTML. */
export function messageList(
	messages: InboxMessage[],
	labels: Labels,
	language: string
): HTMLElement {
	const now = Date.now();
	return element(
		'ul',
		{ class: 'messages' },
		...messages.map((message) => {
			const isUnread = message.status === 'UNOPENED';
			const date = new Date(message.createdDate);
			const link = webAddress(message.link);
			const image = webAddress(message.image);
			return element(
				'li',
				isUnread ? { class: 'unread' } : {},
				...(image ? [element('img', { src: image, alt: '' })] : []),
				element(
					'div',
					{ class: 'text' },
					...(isUnread ? [element('span', { class: 'hint' }, labels.isUnread)] : []),
					element('h3', { dir: 'auto' }, message.title),
					element(
						'div',
						{ class: 'content', dir: 'auto' },
						...formattedText(message.content)
					),
					element(
						'div',
						{ class: 'foot' },
						element(
							'time',
							{
								datetime: date.toISOString(),
								title: date.toLocaleString(),
							},
							formatDate(message.createdDate, now, language)
						),
						...(link
							? [
									element(
										'a',
										{
											href: link,
											'aria-label': `${labels.details}: ${message.title}`,
										},
										labels.details
									),
								]
							: [])
					)
				)
			);
		})
	);
}
