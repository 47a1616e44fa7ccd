import { describe, expect, it } from 'vitest';
import { messagesOfHeader, messagesOfPhp } from '../../build/translations/from-php.ts';
import { messagesOfTypeScript } from '../../build/translations/from-typescript.ts';
import { merged } from '../../build/translations/message.ts';

const D = "'app-inbox-for-esputnik'";

describe.each([
	['TypeScript', (source: string) => messagesOfTypeScript('a.tsx', source), '+'],
	['PHP', (source: string) => messagesOfPhp('a.php', `<?php namespace A;\n${source}`), '.'],
])('the texts in %s', (_, messagesIn, plus) => {
	const textsIn = (source: string) => messagesIn(source).map(({ text }) => text);

	it('are found in the order in which they stand, wherever that is', () => {
		const source = `f( __( 'one', ${D} ), [ 1 ? __( "it's two", ${D} ) : __( 'th' ${plus} 'ree', ${D} ) ] );`;
		expect(textsIn(source)).toEqual(['one', "it's two", 'three']);
	});

	it('have plurals and contexts', () => {
		expect(
			messagesIn(`
				_n( 'bell', 'bells', 2, ${D} );
				_x( 'Place', 'noun', ${D} );
				_nx( 'bell', 'bells', 2, 'sound', ${D} );`)
		).toMatchObject([
			{ text: 'bell', plural: 'bells' },
			{ text: 'Place', context: 'noun' },
			{ text: 'bell', plural: 'bells', context: 'sound' },
		]);
	});

	it('have the comment before them, and no other', () => {
		const comments = messagesIn(`
			/* translators: %s: a host. */
			sprintf(
				__( '%s answers', ${D} ), x );
			/* Not for translators. */
			__( 'bare', ${D} );
			sprintf(
				/*
				 * translators: %d: a number,
				 * of bells.
				 */
				_n( '%d bell', '%d bells', x, ${D} ), x );
			// translators: %s: a name.
			sprintf( __( 'Hello %s', ${D} ), x );
			/* translators: too far away. */



			__( 'far', ${D} );`).map((message) => message.comments);
		expect(comments).toEqual([
			['translators: %s: a host.'],
			[],
			['translators: %d: a number, of bells.'],
			['translators: %s: a name.'],
			[],
		]);
	});

	it.each([
		['a variable', `__( x, ${D} );`],
		['nothing', `__( '', ${D} );`],
		['a variable plural', `_n( 'bell', x, 2, ${D} );`],
		['no domain', "__( 'text' );"],
		['another domain', "__( 'text', 'other' );"],
	])('must not be %s', (_name, source) => {
		expect(() => messagesIn(source)).toThrow(/^a\.\w+:\d: /);
	});

	it('are not what other functions are given', () => {
		expect(textsIn(`sprintf( 'x', ${D} ); toString( 'x', ${D} );`)).toEqual([]);
	});
});

it('PHP has functions that escape, and names them from the root', () => {
	const source = `<?php esc_html__( 'a', ${D} ); \\esc_attr_x( 'b', 'c', ${D} );`;
	expect(messagesOfPhp('a.php', source)).toMatchObject([
		{ text: 'a' },
		{ text: 'b', context: 'c' },
	]);
});

it('TypeScript has them as properties of an object', () => {
	const source = `i18n.__('a', ${D}); __(\`b\`, ${D});`;
	expect(messagesOfTypeScript('a.ts', source)).toMatchObject([{ text: 'a' }, { text: 'b' }]);
});

it('the header of the plugin has a name and a description', () => {
	const header = '<?php\n/**\n * Plugin Name:  A bell\n * Description: It rings.\n */';
	expect(messagesOfHeader('a.php', header)).toMatchObject([
		{ text: 'A bell', comments: [expect.stringContaining('Plugin Name')] },
		{ text: 'It rings.' },
	]);
	expect(() => messagesOfHeader('a.php', '<?php')).toThrow('a.php');
});

describe('the same text at two places', () => {
	const message = { text: 'bell', comments: ['one'], files: ['a.ts'] };

	it('is one, with all that is said of it', () => {
		const other = { ...message, comments: ['one', 'two'], files: ['b.php'] };
		const noun = { ...message, context: 'noun' };
		expect(merged([message, other, noun])).toEqual([
			{ text: 'bell', comments: ['one', 'two'], files: ['a.ts', 'b.php'] },
			noun,
		]);
	});

	it('cannot have two plurals', () => {
		expect(() => merged([message, { ...message, plural: 'bells' }])).toThrow('bell');
	});
});
