/** The least that a server on Node can be: what the token function's start is measured beside. */
import { createServer } from 'node:http';

createServer((request, response) => {
	request.resume();
	response.setHeader('content-type', 'application/json');
	response.end('{"status":"ok"}');
}).listen(Number(process.env.PORT), '127.0.0.1');
