import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';

/**
 * What a proxy does with requests. `keeps`: each answer of 200 to a GET, for a minute and by its address
 * alone, with all its headers. `joins`: those of one moment that have the same method, address and body,
 * whatever their headers say, to which the first one's answer goes.
 */
type Habit = 'passes' | 'keeps' | 'joins';

/** A proxy in front of a site and its token function. */
export interface Between {
	/** The site's address, without a slash at the end. */
	url: string;
	/** From now on, with nothing kept from before. */
	take: (habit: Habit) => void;
	/** How many requests got what was another's answer, since the last `take`: by `GET /`. */
	others: (asked: string) => number;
	/** Who a token is about that has passed: the `sub` of the credential for which the function gave it. */
	subjectOf: (token: string) => string | undefined;
	stop: () => Promise<void>;
}

interface Asked {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

const KEPT_MS = 60_000;

/** A thousand views have to be light, and nothing depends on how the pages look. */
const LOOKS = /^\/wp-(content|includes)\//;

/** How long a request waits for another that is like it. */
const MEETING_MS = 100;

/** @param targetOf The origin that stands behind a path. */
export async function startBetween(targetOf: (path: string) => string): Promise<Between> {
	const subjects = new Map<string, string | undefined>();
	const counted = new Map<string, number>();
	let answerTo = passOn;

	async function passOn(asked: Asked): Promise<Answer> {
		if (LOOKS.test(asked.path)) {
			return { status: 204, headers: {}, body: Buffer.of() };
		}
		const answer = await ask(targetOf(asked.path), asked);
		if (answer.headers['content-type']?.startsWith('text/html')) {
			answer.body = Buffer.from(String(answer.body).replace(/<style[^]*?<\/style>/g, ''));
			delete answer.headers['content-length'];
		}
		if (answer.status === 200 && asked.path === '/app-inbox/token') {
			const { token } = JSON.parse(String(answer.body)) as { token: string };
			subjects.set(token, decodeJwt(asked.headers.authorization!.split(' ')[1]!).sub);
		}
		return answer;
	}

	const count = ({ method, path }: Asked) =>
		counted.set(`${method} ${path}`, (counted.get(`${method} ${path}`) ?? 0) + 1);

	const habits: Record<Habit, () => typeof answerTo> = {
		passes: () => passOn,
		keeps: () => keeping(passOn, count),
		joins: () => joining(passOn, count),
	};

	const server = createServer(async (incoming, response) => {
		const { method = '', url: path = '', headers } = incoming;
		try {
			const answer = await answerTo({ method, path, headers, body: await buffer(incoming) });
			response.writeHead(answer.status, answer.headers).end(answer.body);
		} catch (error) {
			response.writeHead(502).end(String(error));
		}
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		take(habit) {
			counted.clear();
			answerTo = habits[habit]();
		},
		others: (asked) => counted.get(asked) ?? 0,
		subjectOf: (token) => subjects.get(token),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

type PassOn = (asked: Asked) => Promise<Answer>;

function keeping(passOn: PassOn, count: (asked: Asked) => void): PassOn {
	const kept = new Map<string, { answer: Answer; until: number }>();
	return async (asked) => {
		const found = asked.method === 'GET' ? kept.get(asked.path) : undefined;
		if (found && Date.now() < found.until) {
			count(asked);
			return found.answer;
		}
		const answer = await passOn(asked);
		if (asked.method === 'GET' && answer.status === 200) {
			kept.set(asked.path, { answer, until: Date.now() + KEPT_MS });
		}
		return answer;
	};
}

function joining(passOn: PassOn, count: (asked: Asked) => void): PassOn {
	const first = new Map<string, { answer: Promise<Answer>; meet: () => void }>();
	return (asked) => {
		const key = `${asked.method} ${asked.path} ${String(asked.body)}`;
		const found = first.get(key);
		if (found) {
			count(asked);
			found.meet();
			return found.answer;
		}
		let meet!: () => void;
		const met = new Promise<void>((resolve) => (meet = resolve));
		const answer = Promise.race([met, sleep(MEETING_MS)])
			.then(() => passOn(asked))
			.finally(() => first.delete(key));
		first.set(key, { answer, meet });
		return answer;
	};
}

async function ask(origin: string, { method, path, headers, body }: Asked): Promise<Answer> {
	const answer = await new Promise<IncomingMessage>((resolve, reject) =>
		request(
			origin + path,
			{ method, headers: { ...headers, 'accept-encoding': 'identity' }, agent: false },
			resolve
		)
			.on('error', reject)
			.end(body)
	);
	// This connection's own matters.
	delete answer.headers.connection;
	delete answer.headers['transfer-encoding'];
	return { status: answer.statusCode!, headers: answer.headers, body: await buffer(answer) };
}
