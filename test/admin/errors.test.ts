import { describe, expect, it } from 'vitest';
import {
	errorOfList,
	OPTION,
	problemOf,
	problemSentence,
	type Problem,
} from '../../src/admin/errors.ts';
import { parseSettings } from '../../src/settings/index.ts';

/** As WordPress answers to a value that its copy of the schema refuses (6.3 to 7.1). */
const refused = (message: string) => ({
	code: 'rest_invalid_param',
	message: `Invalid parameter(s): ${OPTION}`,
	data: {
		status: 400,
		params: { [OPTION]: message },
		details: { [OPTION]: { code: 'rest_invalid_pattern', message, data: null } },
	},
});

describe('what WordPress refuses', () => {
	it.each([
		[`${OPTION}[scriptId] does not match pattern ^x$.`, 'scriptId', /32 digits/],
		[`${OPTION}[endpoint] does not match pattern ^x$.`, 'endpoint', /ends with \/token/],
		[`${OPTION}[scriptHost] is not one of a, b.`, 'scriptHost', /serves its script/],
		[`${OPTION}[language] is not one of auto, aa.`, 'language', /two-letter/],
		[`${OPTION}[placement][position] is not one of a.`, 'placement.position', /four positions/],
		[
			`${OPTION}[placement][selector] does not match pattern.`,
			'placement.selector',
			/selector/,
		],
		[
			`${OPTION}[placement][icon] must be at most 20000 characters long.`,
			'placement.icon',
			/SVG/,
		],
		[`${OPTION}[excludedRoles][3] is not of type string.`, 'excludedRoles', /right kind/],
		[`Значення ${OPTION}[scriptId] не відповідає шаблону.`, 'scriptId', /32 digits/],
	])('puts “%s” beside its field', (message, field, sentence) => {
		expect(problemOf(refused(message))).toEqual({
			kind: 'invalid',
			errors: { [field]: expect.stringMatching(sentence) },
		});
	});

	it.each([
		'colour is not a valid property of Object.',
		`${OPTION}[colour] is not of type string.`,
		`${OPTION}[features] is not of type object.`,
		`${OPTION}[features][appInbox] is not of type boolean.`,
		`${OPTION} is not of type object.`,
		`${OPTION}[__proto__][constructor] is odd.`,
	])('repeats WordPress’s words where the form has no field: “%s”', (message) => {
		const problem = problemOf(refused(message));
		expect(problem).toEqual({ kind: 'refused', message });
		expect(problemSentence(problem)).toContain(message);
	});

	it('repeats any other refusal', () => {
		const thrown = { code: 'rest_x', message: 'Not on Sundays.', data: { status: 409 } };
		expect(problemOf(thrown)).toEqual({ kind: 'refused', message: 'Not on Sundays.' });
	});
});

describe('what has nothing to do with the fields', () => {
	it.each<[unknown, Problem['kind']]>([
		[{ code: 'fetch_error', message: 'You are probably offline.' }, 'unreachable'],
		[{ code: 'offline_error', message: 'Unable to connect.' }, 'unreachable'],
		[{ code: 'rest_cookie_invalid_nonce', message: 'x', data: { status: 403 } }, 'logged-out'],
		[{ code: 'rest_forbidden', message: 'x', data: { status: 401 } }, 'logged-out'],
		[{ code: 'rest_forbidden', message: 'x', data: { status: 403 } }, 'forbidden'],
		[{ code: 'internal_server_error', message: '<p>…</p>', data: { status: 500 } }, 'server'],
		[
			{ code: 'invalid_json', message: 'The response is not a valid JSON response.' },
			'unreadable',
		],
		[{ code: 'x', message: 'y', data: null }, 'unreadable'],
		[new Response('0', { status: 400 }), 'logged-out'],
		[new Response('', { status: 503 }), 'server'],
		[new TypeError('broken'), 'unreadable'],
		[undefined, 'unreadable'],
	])('%o is %s', (thrown, kind) => {
		const problem = problemOf(thrown);
		expect(problem.kind).toBe(kind);
		expect(problemSentence(problem)).toMatch(/try again|Try again|administrator/);
	});
});

it('says of a list what is wrong with an entry of it', () => {
	const result = parseSettings({ excludedRoles: ['editor', '<b>'] });
	const errors = result.ok ? {} : result.errors;
	expect(errorOfList(errors, 'excludedRoles')).toMatch(/not the name of a role/);
	expect(errorOfList({ excludedRoles: 'all of it' }, 'excludedRoles')).toBe('all of it');
	expect(errorOfList({ excludedRolesToo: 'x' }, 'excludedRoles')).toBeUndefined();
});
