// Netlify's part for the contract suite, on Deno: gives the bundle its environment and each request
// its client's address. To run with the bundle's URL.
globalThis.Netlify = { env: Deno.env };
const { default: handler, config } = await import(Deno.args[0]);
const patterns = config.path.map((pathname) => new URLPattern({ pathname }));

Deno.serve(
	{
		hostname: '127.0.0.1',
		port: 0,
		onListen({ port }) {
			const url = `http://127.0.0.1:${port}/app-inbox`;
			console.log(JSON.stringify({ event: 'listening', url }));
		},
	},
	(request, { remoteAddr }) =>
		patterns.some((pattern) => pattern.test(request.url))
			? handler(request, { ip: remoteAddr.hostname })
			: new Response(null, { status: 404 })
);
