import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { requestsTo } from '../esputnik/requests.ts';
import { startStack, type Stack } from './stack.ts';
import { StackVisitor } from './visitor.ts';

let stack: Stack | undefined;
afterEach(async () => {
	await stack?.stop();
	stack = undefined;
});

describe.each([
	['in the folder /blog of its host', { blog: '/blog' }],
	['whose https ends at a proxy', { secure: true }],
	['in a folder, with https at a proxy', { blog: '/shop/uk', secure: true }],
] as const)('a site %s', (_, options) => {
	it('gives Anna the token of her own contact', async () => {
		stack = await startStack(options);
		const anna = new StackVisitor(stack);
		await anna.logIn('anna');
		const page = await (await anna.fetch('/')).text();
		const blog = 'blog' in options ? options.blog : '';
		expect(page).toContain(`"endpoint":"${blog}/app-inbox/token"`);
		// The page says nothing where it is at the host's root.
		const ownAddress = `"identityUrl":"${blog}/?app-inbox=identity"`;
		expect(page.includes(ownAddress)).toBe(blog !== '');

		const credential = await anna.identity();
		expect(decodeJwt(credential).iss).toBe(stack.url);
		const { status, token } = await anna.token(undefined, credential);
		expect(status).toBe(200);
		const inbox = await requestsTo(stack.esputnik).inbox('', token);
		expect(await inbox.json()).toMatchObject({
			list: [{ title: 'Your order is on its way' }, {}, {}],
		});
		expect((await anna.fetch('/shop-news/')).status).toBe(200);
		expect(await stack.log()).toBe('');
	});
});
