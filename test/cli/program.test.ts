import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOADER } from '../edge/node-process.ts';
import { runServer } from '../edge/server-process.ts';
import { bundleProgram, VERSION, type Program } from './program.ts';

const ENV = { SITE_URL: 'https://shop.example', ESPUTNIK_API_KEY: 'canary-key-9f8e7d6c5b4a3210' };

let program: Program;
beforeAll(async () => {
	program = await bundleProgram();
});
afterAll(() => program.remove());

const file = async (name: string, text: string) => {
	const path = join(program.folder, name);
	await writeFile(path, text);
	return path;
};
const serve = (args: string[], env: Record<string, string>) =>
	runServer(process.execPath, [program.file, 'serve', ...args], { PORT: '0', ...env });

it('says its version', async () => {
	expect(await program.run(['--version'])).toEqual({
		code: 0,
		stdout: `${VERSION}\n`,
		stderr: '',
	});
});

it.each([['--help'], ['serve', '--help'], ['check', '--help']])(
	'helps on one screen: %s %s',
	async (...args) => {
		const { code, stdout, stderr } = await program.run(args);
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const lines = stdout.split('\n');
		expect(lines.length).toBeLessThan(24);
		expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
		const known = args.length === 1 ? ['serve', 'check'] : ['--env-file'];
		known.forEach((word) => expect(stdout).toContain(word));
	}
);

it.each([
	['chek', /^app-inbox: unknown command 'chek' \(Did you mean check\?\)$/],
	['--canary=1', /^app-inbox: unknown option '--\w+'$/],
	[
		'check --endpiont x',
		/^app-inbox: unknown option '--endpiont' \(Did you mean --endpoint\?\)$/,
	],
	['check --jwt=canary', /^app-inbox: unknown option '--jwt'/],
	['check https://a.example', /^app-inbox: too many arguments/],
	['check --contact', /^app-inbox: option '--contact <value>' argument missing$/],
	['check --contact a@', /^app-inbox: --contact is not an e-mail address\.$/],
	['check --contact +x', /^app-inbox: --contact is not a phone number\.$/],
	['check --timeout 0', /^app-inbox: .* number of seconds from 1 to 60\.$/],
	['check --timeout 1.5', /^app-inbox: .* number of seconds from 1 to 60\.$/],
	[
		'check --endpoint https://u:canary@a.example/token',
		/^app-inbox: --endpoint is a full address/,
	],
	['check --endpoint http://a.example/token', /^app-inbox: --endpoint .* starts with https/],
	['check --endpoint https://a.example/app-inbox', /^app-inbox: --endpoint .* ends in \/token/],
	[
		'check --jwt',
		/^app-inbox: --jwt reads a credential from APP_INBOX_JWT, which contains none\.$/,
	],
])('wrong usage is one line and exit code 2: %s', async (line, expected) => {
	const { code, stdout, stderr } = await program.run(line.split(' '));
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toMatch(/^[^\n]+\n$/);
	expect(stderr.trim()).toMatch(expected);
	expect(stderr).not.toMatch(line.startsWith('--') ? /=/ : /canary/);
});

it('a contact without a letter in it is wrong usage too', async () => {
	const { code, stderr } = await program.run(['check', '--contact', ' ']);
	expect(code).toBe(2);
	expect(stderr).toBe('app-inbox: --contact is not an externalCustomerId.\n');
});

it('without a command it helps, which is wrong usage', async () => {
	const { code, stdout, stderr } = await program.run([]);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain('Commands:');
});

it('check: reads an environment file as systemd and Docker do', async () => {
	const path = await file(
		'app-inbox.env',
		`# The site
SITE_URL="https://shop.example"
export ESPUTNIK_API_KEY='${ENV.ESPUTNIK_API_KEY}'
LOG_LEVEL=canary

`
	);
	const args = ['check', '--json', '--timeout', '1', '--env-file', path];
	const { code, stdout } = await program.run(args);
	expect(code).toBe(1);
	const [environment] = JSON.parse(stdout).checks;
	expect(environment.message).toMatch(/^LOG_LEVEL must be one of debug, info, warn, error\. \S/);

	const better = await program.run([...args, '--endpoint', 'https://127.0.0.1:9/token'], {
		LOG_LEVEL: 'info',
		SITE_URL: 'https://127.0.0.1:9',
		ESPUTNIK_API_URL: 'https://127.0.0.1:9',
	});
	expect(JSON.parse(better.stdout).checks[0]).toEqual({
		id: 'environment',
		status: 'pass',
		message: 'Every variable is good. The site is https://127.0.0.1:9.',
	});
});

it('an environment file that cannot be read is one line', async () => {
	const folder = join(program.folder, 'folder');
	await mkdir(folder);
	const { code, stderr } = await program.run(['check', '--env-file', folder]);
	// Node 20 takes the option for its own and ends with 9; newer ones leave it to us.
	expect([2, 9]).toContain(code);
	expect(stderr).toMatch(/^[^\n]+\n$/);
});

it('serve: is the token function, with its environment out of a file', async () => {
	const path = await file(
		'serve.env',
		Object.entries({ ...ENV, BASE_PATH: '/inbox' })
			.map(([name, value]) => `${name}=${value}\n`)
			.join('')
	);
	const { child, ended, listening, output } = serve(['--env-file', path], {});
	const url = await listening;
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/inbox$/);
	expect(await (await fetch(`${url}/health`)).json()).toEqual({
		status: 'ok',
		version: VERSION,
	});
	expect(await (await fetch(`${url}/loader.js`)).text()).toBe(LOADER);
	expect(await (await fetch(url)).text()).toContain('<h1>App Inbox for eSputnik</h1>');
	child.kill('SIGTERM');
	expect(await ended).toBe(0);
	expect(output()).not.toContain('canary');
});

it('serve: ends with 1 and the function’s own list of what is wrong', async () => {
	const { ended, output } = serve([], { LOG_LEVEL: 'canary' });
	expect(await ended).toBe(1);
	expect(output().trim().split('\n')).toEqual([
		'The token function cannot start. Its environment:',
		expect.stringContaining('SITE_URL is missing'),
		expect.stringContaining('ESPUTNIK_API_KEY is missing'),
		expect.stringContaining('LOG_LEVEL must be'),
	]);
});
