import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { unreached } from '../../../src/cli/check/unreached.ts';
import { answerText, startUpstream } from '../../edge/upstreams.ts';
import { EXPIRED, FOR_ANOTHER_NAME, KEY, TRUSTED_BY_NOBODY } from '../certificates.ts';
import { bundleProgram, type Program } from '../program.ts';

let program: Program;
const servers: Server[] = [];
beforeAll(async () => {
	program = await bundleProgram();
});
afterEach(async () => {
	for (const server of servers.splice(0)) {
		await new Promise((resolve) => server.close(resolve));
	}
});
afterAll(() => program.remove());

async function listen(server: Server): Promise<string> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What `endpoint` says of a server at this address. */
async function endpointAt(address: string, trusted?: string): Promise<string> {
	const file = join(program.folder, 'trusted.pem');
	await writeFile(file, trusted ?? '');
	const args = ['check', '--json', '--endpoint', `${address}/app-inbox/token`];
	const { code, stdout } = await program.run(
		args,
		trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: file }
	);
	expect(code).toBe(1);
	const { checks } = JSON.parse(stdout) as { checks: Array<{ id: string; message: string }> };
	return checks.find(({ id }) => id === 'endpoint')!.message;
}

it.each([
	[
		'trusted by nobody',
		TRUSTED_BY_NOBODY,
		undefined,
		/is self-signed: no browser trusts it\. Get/,
	],
	['expired', EXPIRED, EXPIRED, /has expired\. Renew it/],
	[
		'for another name',
		FOR_ANOTHER_NAME,
		FOR_ANOTHER_NAME,
		/is for another name than 127\.0\.0\.1/,
	],
])('a certificate that is %s', async (_, cert, trusted, expected) => {
	const host = await listen(createServer({ key: KEY, cert }));
	const message = await endpointAt(`https://${host}`, trusted);
	expect(message).toContain(`The TLS certificate of ${host} `);
	expect(message).toMatch(expected);
});

it('a certificate that is trusted is no obstacle', async () => {
	const server = createServer({ key: KEY, cert: TRUSTED_BY_NOBODY }, (_, response) => {
		response.writeHead(502, { connection: 'close' }).end();
	});
	const message = await endpointAt(`https://${await listen(server)}`, TRUSTED_BY_NOBODY);
	expect(message).toContain('does not reach the function (502)');
});

it('a port without TLS', async () => {
	const plain = await startUpstream(answerText('Hello'));
	expect(await endpointAt(plain.url.replace('http:', 'https:'))).toMatch(/does not speak TLS/);
	await plain.close();
});

it('a port of something else', async () => {
	const server = createTcpServer((socket) => {
		socket
			.on('error', () => {})
			.resume()
			.end('SSH-2.0-OpenSSH_9.2\r\n');
	});
	expect(await endpointAt(`http://${await listen(server)}`)).toMatch(
		/does not speak HTTP\. Check/
	);
});

it.each([
	['ENOTFOUND', 'There is no host example.com: the DNS does not know the name.'],
	['EAI_AGAIN', 'The name example.com could not be looked up: no DNS answers.'],
	['ECONNREFUSED', 'Nothing listens at example.com:8443.'],
	['UND_ERR_CONNECT_TIMEOUT', 'example.com:8443 gave no answer in time.'],
	['EHOSTUNREACH', 'There is no way from this machine to example.com:8443.'],
	['ECONNRESET', 'example.com:8443 closed the connection without an answer.'],
	['CERT_NOT_YET_VALID', 'The TLS certificate of example.com:8443 is not valid yet.'],
	[
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'The TLS certificate of example.com:8443 comes without its intermediate certificate.',
	],
	['ESOMETHING', 'example.com:8443 could not be reached (ESOMETHING).'],
	['some canary', 'example.com:8443 could not be reached (UNKNOWN).'],
])('%s in words', (code, message) => {
	const explanation = unreached(code, 'https://example.com:8443/app-inbox/health?canary');
	expect(explanation.message).toBe(message);
	expect(explanation.next).toMatch(/^[A-Z].*\.$/);
});
