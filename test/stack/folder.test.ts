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
	it('gives Anna the token of her own contact, both ways', async () => {
		stack = await startStack(options);
		const anna = new StackVisitor(stack);
		await anna.logIn('anna');
		const page = await (await anna.fetch('/')).text();
		const blog = 'blog' in options ? options.blog : '';
		expect(page).toContain(`"endpoint":"${blog}/app-inbox/token"`);

		const { inbox } = requestsTo(stack.esputnik);
		for (const ask of [
			async () => anna.token(await anna.nonce()),
			() => anna.signedToken(`${stack!.tokenFunction.url}/token`),
		]) {
			const { status, token } = await ask();
			expect(status).toBe(200);
			expect(await (await inbox('', token)).json()).toMatchObject({
				list: [{ title: 'Your order is on its way' }, {}, {}],
			});
		}
		expect((await anna.fetch('/shop-news/')).status).toBe(200);
		expect(await stack.log()).toBe('');
	});
});
