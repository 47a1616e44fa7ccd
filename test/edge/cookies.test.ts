import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loginCookies } from '../../src/edge/identity/cookies.ts';

const HASH = '0123456789abcdef0123456789abcdef';
const LOGIN = `wordpress_logged_in_${HASH}=alice%7C1%7Cx%7Cy`;

it.each([
	['nothing', null, null],
	['an empty header', '', null],
	['other cookies', 'a=b; wordpress_test_cookie=1; wordpress_sec_x=1', null],
	['the login', LOGIN, LOGIN],
	['the login among others', `a=b;${LOGIN} ;c=d`, LOGIN],
	['two logins, in their order', `${LOGIN}2; x=y; ${LOGIN}1`, `${LOGIN}2; ${LOGIN}1`],
	['an empty login', `wordpress_logged_in_${HASH}=`, null],
	['no hash', 'wordpress_logged_in_=x', null],
	['a longer name', `x${LOGIN}`, null],
	['another case', LOGIN.toUpperCase(), null],
	['a line feed', `${LOGIN}\r\nX-Admin: 1`, null],
	['a line feed in the middle', `${LOGIN}\n; a=b`, LOGIN],
	['a NUL', `${LOGIN}\0`, null],
	['quotes', `wordpress_logged_in_${HASH}="x"`, null],
	['a comma', `${LOGIN},a`, null],
	['letters beyond ASCII', `${LOGIN}é`, null],
	['8 KiB', `${LOGIN}${'x'.repeat(8192 - LOGIN.length)}`, expect.any(String)],
	['more', `${LOGIN}${'x'.repeat(8193 - LOGIN.length)}`, null],
])('%s', (_name, header, expected) => {
	expect(loginCookies(header)).toEqual(expected);
});

it('whatever comes in, only well-formed login cookies come out', () => {
	const piece = fc.oneof(
		fc.string(),
		fc.constantFrom(
			LOGIN,
			`${LOGIN}; `,
			'\r\n',
			'; ',
			'=',
			'wordpress_logged_in_',
			'"',
			',',
			'\0'
		)
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
			const header = pieces.join('');
			const result = loginCookies(header);
			for (const pair of result?.split('; ') ?? []) {
				expect(pair).toMatch(/^wordpress_logged_in_[\w-]+=[\x21-\x7e]+$/);
				expect(pair).not.toMatch(/[",;\\\s]/);
				expect(header.split(';').map((given) => given.trim())).toContain(pair);
			}
		}),
		{ numRuns: 1000 }
	);
});
