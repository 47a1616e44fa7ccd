/**
 * A server that wants a password (HTTP Basic) where our script asks. Each question that a browser without
 * a window is about to put to its person is counted here, and declined.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { IDENTITY_URL } from '../../../src/settings/frontend-config.ts';
import { launchBrowser } from '../../site/browser.ts';
import { plainUrl } from '../../site/identity-request.ts';
import { running } from '../running.ts';
import { CREDENTIAL, document, FORMS, MARKER } from './stage.ts';

const TOKEN_URL = '/app-inbox/token';

const shop = running(async () => {
	let protectedUrl = '';
	const server = createServer(({ method, url }, response) => {
		if (method !== 'POST') {
			response.setHeader('content-type', 'text/html; charset=utf-8');
			response.end(document(FORMS.inline({ scriptHost: 'http://127.0.0.1:9' })));
		} else if (plainUrl(url!) === protectedUrl) {
			response.writeHead(401, { 'www-authenticate': 'Basic realm="Shop"' }).end();
		} else {
			response.end(plainUrl(url!) === IDENTITY_URL ? CREDENTIAL : '{"token":"t"}');
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const browser = await launchBrowser();
	return {
		/** A member's page, and how often the browser wants a password for what the expression asks. */
		async questionsOf(address: string, expression: string) {
			protectedUrl = address;
			const context = await browser.newContext();
			await context.addCookies([{ ...MARKER, url }]);
			const page = await context.newPage();
			const cdp = await context.newCDPSession(page);
			let questions = 0;
			cdp.on('Fetch.requestPaused', ({ requestId }) => {
				void cdp.send('Fetch.continueRequest', { requestId });
			});
			cdp.on('Fetch.authRequired', ({ requestId }) => {
				questions++;
				void cdp.send('Fetch.continueWithAuth', {
					requestId,
					authChallengeResponse: { response: 'CancelAuth' },
				});
			});
			await cdp.send('Fetch.enable', { handleAuthRequests: true });
			await page.goto(url);
			const result = await page.evaluate<unknown>(expression);
			const message = await page.evaluate<string>('appInbox.status().message');
			await context.close();
			return {
				questions,
				result,
				message: message.replace(url, '').replace(/&[\d.e-]+/, ''),
			};
		},
		async stop() {
			await browser.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
});

/** What eSputnik's script does. */
const ASK = 'eS.q[0][0][2].getAuthTokenCallback()';

it('before the token function: nobody is asked for it, and the status names the answer', async () => {
	expect(await shop.questionsOf(TOKEN_URL, ASK)).toEqual({
		questions: 0,
		result: '',
		message: `${TOKEN_URL} 401 Open ?app-inbox-debug.`,
	});
	// As it would be without care.
	const careless = `fetch('${TOKEN_URL}', { method: 'POST' }).then(({ status }) => status)`;
	expect(await shop.questionsOf(TOKEN_URL, careless)).toMatchObject({
		questions: 1,
		result: 401,
	});
});

// No request with cookies can do without, not even one without a window; at least it is the only question.
it('before WordPress: it is asked for once at most, and the status names the answer', async () => {
	const { questions, ...rest } = await shop.questionsOf(IDENTITY_URL, ASK);
	expect(questions).toBe(1);
	expect(rest).toEqual({ result: '', message: `${IDENTITY_URL} 401 Open ?app-inbox-debug.` });
});
it('nowhere: the token comes', async () => {
	expect(await shop.questionsOf('', ASK)).toMatchObject({ questions: 0, result: 't' });
});
