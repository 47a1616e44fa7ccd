import { exampleSeed } from '../esputnik/server.ts';
import { startTokenFunction } from '../site/token-function.ts';
import { startBetween, type Between } from './between.ts';
import { startStack, type Stack, type StackOptions } from './stack.ts';

/** Members of the site and contacts of eSputnik’s. */
export const PEOPLE = [
	{ id: '2', name: 'anna' },
	{ id: '3', name: 'bohdan' },
	{ id: '4', name: 'chloe' },
] as const;
export type Person = (typeof PEOPLE)[number]['name'];

/** A site on the production stack behind a proxy, which everything goes through: the token function too. */
export interface SharedSite {
	url: string;
	stack: Stack;
	between: Between;
	stop: () => Promise<void>;
}

export async function startSharedSite(options: StackOptions = {}): Promise<SharedSite> {
	const running: { stop: () => Promise<void> }[] = [];
	const stop = async () => {
		for (const server of running.splice(0).reverse()) {
			await server.stop();
		}
	};
	try {
		const stack = await startStack({
			...options,
			seed: {
				...exampleSeed(),
				contacts: PEOPLE.map(({ id, name }) => ({ name, externalCustomerId: id })),
			},
		});
		running.push(stack);
		let tokenFunction = '';
		const between = await startBetween((path) =>
			path.startsWith('/app-inbox/') ? tokenFunction : stack.url
		);
		running.push(between);
		const made = await stack.run(`
			update_option( 'siteurl', '${between.url}' );
			update_option( 'home', '${between.url}' );
			update_option( 'app_inbox_for_esputnik', array( 'endpoint' => '${between.url}/app-inbox/token' ) + get_option( 'app_inbox_for_esputnik' ) );
			echo wp_insert_user( array( 'user_login' => 'chloe', 'user_pass' => 'password', 'user_email' => 'chloe@example.com', 'role' => 'subscriber', 'show_admin_bar_front' => 'false' ) );`);
		if (made !== PEOPLE[2].id) {
			throw new Error(`Chloe has another id than her contact: ${made}`);
		}
		const server = await startTokenFunction({
			SITE_URL: between.url,
			ESPUTNIK_API_KEY: stack.esputnik.apiKey,
			ESPUTNIK_API_URL: stack.esputnik.apiUrl,
			// Three people view more pages here than any three people do.
			RATE_LIMIT_PER_MINUTE: '10000',
		});
		running.push(server);
		tokenFunction = new URL(server.url).origin;
		return { url: between.url, stack, between, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
