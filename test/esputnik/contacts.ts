import { randomUUID } from 'node:crypto';
import { IDENTIFIERS, type Identifiers, type SeedContact } from './seed.ts';

export interface Message {
	id: string;
	/** Milliseconds since 1970. */
	createdDate: number;
	title: string;
	/** HTML, or a mere text. */
	content: string;
	image: string;
	link: string;
	category: string;
	customData: Record<string, string>;
	status: 'OPENED' | 'UNOPENED';
}

export interface Contact extends Identifiers {
	name: string;
	/** Newest first. */
	messages: Message[];
}

export type Contacts = ReturnType<typeof createContacts>;

/** The people of the account and what was sent to them. */
export function createContacts(seed: SeedContact[], now: () => number) {
	const all: Contact[] = seed.map(({ messages, ...contact }) => ({
		...contact,
		messages: messages
			.map(({ hoursAgo, ...message }) => ({
				...message,
				id: randomUUID(),
				createdDate: now() - hoursAgo * 3_600_000,
			}))
			.sort((a, b) => b.createdDate - a.createdDate),
	}));

	return {
		all: all as readonly Contact[],

		/** The first contact that has one of these, the id before the e-mail before the phone. */
		find(identifiers: Identifiers): Contact | undefined {
			for (const name of IDENTIFIERS) {
				const wanted = identifiers[name]?.toLowerCase();
				const found =
					wanted && all.find((contact) => contact[name]?.toLowerCase() === wanted);
				if (found) {
					return found;
				}
			}
			return undefined;
		},

		send(contact: Contact, message: Pick<Message, 'title' | 'content' | 'link'>): Message {
			const sent: Message = {
				...message,
				id: randomUUID(),
				createdDate: now(),
				image: '',
				category: '',
				customData: {},
				status: 'UNOPENED',
			};
			contact.messages.unshift(sent);
			return sent;
		},
	};
}

export const unread = (contact: Contact): number =>
	contact.messages.filter(({ status }) => status === 'UNOPENED').length;

/** One page of the inbox as the API answers it. */
export function listMessages(
	contact: Contact,
	page: number,
	pageSize: number,
	status: Message['status'] | null
) {
	const matching = contact.messages.filter((message) => !status || message.status === status);
	return {
		list: matching
			.slice(page * pageSize, (page + 1) * pageSize)
			.map((message) => ({ ...message, newMessage: message.status === 'UNOPENED' })),
		totalPages: Math.ceil(matching.length / pageSize),
	};
}

/** null: all of them. Ids that the contact does not have are passed over. */
export function markOpened(contact: Contact, ids: string[] | null): void {
	for (const message of contact.messages) {
		if (!ids || ids.includes(message.id)) {
			message.status = 'OPENED';
		}
	}
}
