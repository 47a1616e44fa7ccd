import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ENDPOINT, parseSettings } from '../../src/settings/schema.ts';

const errorsOf = (input: unknown) => {
	const result = parseSettings(input);
	return result.ok ? {} : result.errors;
};

it.each([
	'https://shop.example/token',
	'https://shop.example/app-inbox/token',
	'https://shop.example:8443/a/b/token',
	'https://xn--e1afmkfd.example/token',
	'https://203.0.113.7/token',
	'https://[::1]/token',
	'http://localhost/token',
	'http://localhost:8787/app-inbox/token',
	'http://127.0.0.1:8787/app-inbox/token',
	'http://127.1.2.3/token',
	'http://[::1]:8787/token',
])('takes %s', (endpoint) => {
	expect(errorsOf({ endpoint })).toEqual({});
	expect(new URL(endpoint).href).toBe(endpoint);
});
it.each([
	['plain http', 'http://shop.example/token'],
	['a host that only begins like a loopback host', 'http://localhost.evil.example/token'],
	['an address that only begins like one', 'http://127.0.0.1.evil.example/token'],
	['another scheme', 'ftp://shop.example/token'],
	['no scheme', '//shop.example/token'],
	['a script', 'javascript:alert(1)//token'],
	['a path alone', '/app-inbox/token'],
	['a user', 'https://user@shop.example/token'],
	['a user and a password', 'https://user:secret@shop.example/token'],
	['a loopback host as the user', 'http://localhost:1@evil.example/token'],
	['credentials in disguise', 'https://shop.example\\@evil.example/token'],
	['a query', 'https://shop.example/token?x=1'],
	['a query before', 'https://shop.example/?x=/token'],
	['a fragment', 'https://shop.example/token#x'],
	['a fragment before', 'https://shop.example/#/token'],
	['another end', 'https://shop.example/app-inbox'],
	['a slash after', 'https://shop.example/token/'],
	['a longer last part', 'https://shop.example/mytoken'],
	['other letters', 'https://shop.example/TOKEN'],
	['no host', 'https:///token'],
	['blanks', 'https://shop.example/a b/token'],
	['a blank before', ' https://shop.example/token'],
	['a line feed after', 'https://shop.example/token\n'],
	['letters beyond ASCII in the host', 'https://крамниця.example/token'],
	['a wildcard', 'https://*.example/token'],
	['a port that is none', 'https://shop.example:https/token'],
	['a port that is too high', 'https://shop.example:65536/token'],
	['a port in digits of another script', 'https://shop.example:٣/token'],
	['an IP address that is too high', 'https://999.1.1.1/token'],
	['a loopback address that is too high', 'http://127.999.1.1/token'],
	['an IP address that is too long', 'https://1.2.3.4.5/token'],
	['letters beyond ASCII in the path', 'https://shop.example/\u0085/token'],
	['a line feed alone', '\n'],
])('refuses %s', (_name, endpoint) => {
	expect(errorsOf({ endpoint })).toEqual({
		endpoint: expect.stringMatching(/^The address starts with https:\/\//),
	});
});
it('an endpoint is what it seems, for the browser too', () => {
	const piece = fc.constantFrom(
		...['https://', 'http://', 'localhost', '127.0.0.1', 'a.example', '/', '/token', '@'],
		...['\\', '?', '#', ':', ':80', '[::1]', '..', '%2e', ' ', '\n', '\t', 'x']
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 8 }), piece, (pieces, last) => {
			const endpoint = pieces.join('') + last;
			// A host such as 1.2.3.4.5 is none for the browser: it reaches nobody.
			if (!ENDPOINT.test(endpoint) || !URL.canParse(endpoint)) {
				return;
			}
			const url = new URL(endpoint);
			expect(url.pathname).toMatch(/\/token$/);
			expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
			if (url.protocol === 'http:') {
				expect(url.hostname).toMatch(/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/);
			} else {
				expect(url.protocol).toBe('https:');
			}
		}),
		{ numRuns: 5000 }
	);
});
