import { exampleSeed, type SeedInput } from '../../esputnik/server.ts';
import type { Stack } from '../../stack/stack.ts';
import { StackVisitor } from '../../stack/visitor.ts';

/** A subscriber who has logged in, and the one message that this contact alone has. */
export interface Member {
	visitor: StackVisitor;
	message: string;
}

/** The first id after those of test/wordpress/setup.php: an administrator and two subscribers. */
const FIRST_ID = 4;

const messageFor = (id: number) => `For customer ${id} and nobody else`;

/** What eSputnik knows of so many subscribers. */
export const crowdSeed = (count: number): SeedInput => ({
	...exampleSeed(),
	contacts: ids(count).map((id) => ({
		name: `Customer ${id}`,
		externalCustomerId: String(id),
		email: `customer${id}@example.com`,
		messages: [{ title: messageFor(id), content: '' }],
	})),
});

/** Makes the subscribers in WordPress, and logs each in. */
export async function letCrowdIn(stack: Stack, count: number): Promise<Member[]> {
	const made = await stack.run(`
		for ( $id = ${FIRST_ID}; $id < ${FIRST_ID + count}; $id++ ) {
			$made[] = wp_insert_user( array(
				'user_login' => "customer$id",
				'user_pass'  => 'password',
				'user_email' => "customer$id@example.com",
				'role'       => 'subscriber',
				'show_admin_bar_front' => 'false',
			) );
		}
		echo wp_json_encode( $made );
	`);
	if (made !== JSON.stringify(ids(count))) {
		throw new Error(`The subscribers have other ids than their contacts: ${made}`);
	}
	const members: Member[] = [];
	for (const id of ids(count)) {
		const visitor = new StackVisitor(stack);
		const answer = await visitor.logIn(`customer${id}`);
		if (answer.status !== 302) {
			throw new Error(`WordPress did not let customer${id} in: ${answer.status}`);
		}
		members.push({ visitor, message: messageFor(id) });
	}
	return members;
}

const ids = (count: number) => Array.from({ length: count }, (_, at) => FIRST_ID + at);
