/**
 * What one would write instead of the token function: hono with its own middleware, and the global
 * `fetch`. It has the same checks of origin and credential, its key ready in hand, and neither limits
 * nor retries nor a log.
 */
import { serve } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { jwt, type JwtVariables } from 'hono/jwt';

const { PORT, VENDOR = '', API_KEY = '', SITE = '', PUBLIC_KEY = '' } = process.env;

void listen();

async function listen() {
	const secret = await crypto.subtle.importKey(
		'jwk',
		JSON.parse(PUBLIC_KEY),
		{ name: 'Ed25519' },
		false,
		['verify']
	);
	const app = new Hono<{ Variables: JwtVariables<{ sub: string; email: string }> }>();
	app.get('/', (context) => context.text(''));
	app.use('/token', cors({ origin: SITE, allowMethods: ['POST'] }));
	app.use('/token', (context, next) =>
		context.req.header('origin') === SITE ? next() : refuse(context)
	);
	app.use('/token', jwt({ secret, alg: 'EdDSA', verification: { iss: SITE, aud: 'app-inbox' } }));
	app.post('/token', async (context) => {
		const { sub, email } = context.get('jwtPayload');
		const answer = await fetch(`${VENDOR}/v1/auth/contact/token`, {
			method: 'POST',
			headers: {
				authorization: `Basic ${btoa(`user:${API_KEY}`)}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ externalCustomerId: sub, email }),
		});
		const { token } = (await answer.json()) as { token: string };
		return context.json({ token }, 200, { 'cache-control': 'no-store' });
	});
	serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) });
}

const refuse = async (context: Context) => context.json({ code: 'origin_not_allowed' }, 403);
