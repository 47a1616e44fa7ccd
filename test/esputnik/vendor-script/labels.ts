export interface Labels {
	title: string;
	unread: (count: number) => string;
	/** Said by screen readers where others see a dot. */
	isUnread: string;
	close: string;
	details: string;
	loading: string;
	empty: string;
	failed: string;
}

const ENGLISH: Labels = {
	title: 'Messages',
	unread: (count) => `Messages, unread: ${count}`,
	isUnread: 'Unread',
	close: 'Close',
	details: 'Details',
	loading: 'Loading…',
	empty: 'You have no messages yet.',
	failed: 'Your messages could not be loaded. Please try again later.',
};

const LABELS: Record<string, Labels> = {
	en: ENGLISH,
	uk: {
		title: 'Повідомлення',
		unread: (count) => `Повідомлення, непрочитаних: ${count}`,
		isUnread: 'Непрочитане',
		close: 'Закрити',
		details: 'Докладніше',
		loading: 'Завантаження…',
		empty: 'У вас ще немає повідомлень.',
		failed: 'Не вдалося завантажити повідомлення. Спробуйте пізніше.',
	},
	ru: {
		title: 'Сообщения',
		unread: (count) => `Сообщения, непрочитанных: ${count}`,
		isUnread: 'Непрочитанное',
		close: 'Закрыть',
		details: 'Подробнее',
		loading: 'Загрузка…',
		empty: 'У вас пока нет сообщений.',
		failed: 'Не удалось загрузить сообщения. Попробуйте позже.',
	},
	pl: {
		title: 'Wiadomości',
		unread: (count) => `Wiadomości, nieprzeczytane: ${count}`,
		isUnread: 'Nieprzeczytana',
		close: 'Zamknij',
		details: 'Szczegóły',
		loading: 'Wczytywanie…',
		empty: 'Nie masz jeszcze wiadomości.',
		failed: 'Nie udało się wczytać wiadomości. Spróbuj ponownie później.',
	},
};

/** English where there are no texts in this language. */
export const labelsFor = (language: string): Labels =>
	LABELS[language.slice(0, 2).toLowerCase()] ?? ENGLISH;

const DAY = 86_400_000;

/** "2 hours ago" within a week, then a date. */
export function formatDate(date: number, now: number, language: string): string {
	const locale = supportedLocale(language);
	const age = now - date;
	if (age >= 7 * DAY) {
		return new Date(date).toLocaleDateString(locale, { dateStyle: 'medium' });
	}
	// Not "yesterday": 26 hours may lie two midnights back.
	const ago = (amount: number, unit: 'day' | 'hour' | 'minute') =>
		new Intl.RelativeTimeFormat(locale, {
			numeric: amount > 0 ? 'always' : 'auto',
		}).format(-amount, unit);
	if (age >= DAY) {
		return ago(Math.floor(age / DAY), 'day');
	}
	return age >= DAY / 24
		? ago(Math.floor(age / (DAY / 24)), 'hour')
		: ago(Math.max(0, Math.floor(age / 60_000)), 'minute');
}

function supportedLocale(language: string): string {
	try {
		return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? 'en';
	} catch {
		return 'en';
	}
}
