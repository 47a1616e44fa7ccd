// Vercel's part for the contract suite: calls the function of the bundle as Vercel's Node runtime
// does, and writes X-Real-IP as Vercel does. To run with the bundle's path.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const { default: app } = await import(pathToFileURL(process.argv[2]).href);

const server = createServer({ joinDuplicateHeaders: true }, async (incoming, outgoing) => {
	try {
		const response = await app.fetch(await toRequest(incoming));
		outgoing.writeHead(response.status, Object.fromEntries(response.headers));
		outgoing.end(Buffer.from(await response.arrayBuffer()));
	} catch {
		// Cut off, or no address.
		outgoing.writeHead(400).end();
	}
});
server.listen(0, '127.0.0.1', () => {
	const url = `http://127.0.0.1:${server.address().port}/app-inbox`;
	console.log(JSON.stringify({ event: 'listening', url }));
});

async function toRequest(incoming) {
	const { method, headers, url, socket } = incoming;
	const body = await buffer(incoming);
	return new Request(new URL(url, `http://${headers.host}`), {
		method,
		headers: { ...headers, 'x-real-ip': socket.remoteAddress },
		body: body.length > 0 ? body : null,
	});
}
