/**
 * Undoes what stands between code and a person's clipboard: web pages, templates, JSON, programs'
 * strings, chats, word processors and letters all change it on its way.
 */
export function plainText(pasted: string): string {
	let text = withoutLetter(pasted);
	// One layer may lie in another: HTML in JSON, JSON in HTML, JSON in JSON.
	for (let layer = 0; layer < LAYERS; layer++) {
		const before = text;
		text = unescape(decodeEntities(text));
		if (text === before) {
			break;
		}
	}
	return text
		.replace(
			/[\u0000-\u0008\u000E-\u001F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g,
			''
		)
		.replace(/[\u2018-\u201B\u2032\u2039\u203A]/g, "'")
		.replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/(["'`])\s*\+\s*\1/g, '')
		.trim();
}

const LAYERS = 4;

/**
 * The text without what is commented out in it. Where `//` begins a comment depends: it also stands in
 * addresses, and outside of a script a page may have it anywhere.
 */
export const plainCode = (text: string): string =>
	ELEMENT.test(text) ? ofPage(text) : inScript(text.replace(COMMENT, ' '));

const ELEMENT = /<script\b/i;

/*
 * Comments of HTML, Blade and Twig hide whatever is in them; `<!-->` is a whole one. (`-{2}`, since the
 * function's own page has this inline, where the two would begin a comment.)
 */
const COMMENT = /<!-{2}(?:>|->|[\s\S]*?-->)|\{\{--[\s\S]*?--\}\}|\{#\s[\s\S]*?\s#\}/g;

/** Whichever begins first: a comment may name a script, and a script the signs of a comment. */
const PARTS = new RegExp(
	`(${COMMENT.source})|(<script\\b[^>]*>[\\s\\S]*?(?:<\\/script\\s*>|$))`,
	'gi'
);

function ofPage(text: string): string {
	let code = '';
	let end = 0;
	for (const { 0: part, 1: comment, index } of text.matchAll(PARTS)) {
		code += inPage(text.slice(end, index)) + (comment ? ' ' : inScript(part));
		end = index + part.length;
	}
	return code + inPage(text.slice(end));
}

const inPage = (text: string) =>
	text.replace(BLOCK, '$1 ').replace(/^[ \t]*(?:\/\/(?![\w-]+\.)|#).*$/gm, '');

const inScript = (text: string) =>
	text
		.replace(/^(\s*(?:<script\b[^>]*>)?\s*)<!-{2}.*$/gim, '$1')
		.replace(BLOCK, '$1 ')
		.replace(/(^|[\s;,{}()[\]>])\/\/(?!\$\{|["'`]|[\w-]+(?:\.[\w-]+)+\/).*$/gm, '$1');

/** Not in an address or a kind of file, such as image/*. */
const BLOCK = /(^|[\s;,{}()[\]=:&|?!>])\/\*[\s\S]*?\*\//g;

/** As a letter's source has it: quoted lines, and its own escapes. */
function withoutLetter(text: string): string {
	const decoded = text.includes('=3D')
		? text
				.replace(/=\r?\n/g, '')
				.replace(/=([0-9A-F]{2})/g, (_, code: string) =>
					String.fromCharCode(parseInt(code, 16))
				)
		: text;
	return decoded.replace(/^(?:> ?)+(?=\S)/gm, '');
}

const CONTROL: Record<string, string> = { n: '\n', r: '\n', t: '\t', b: '', f: '', v: ' ' };

/** The escapes of JSON and of programs' strings, and those of addresses where code has been put into one. */
const unescape = (text: string) =>
	(/%3Cscript|%2Fscripts%2F/i.test(text) ? decodePercent(text) : text).replace(
		/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi,
		(whole, long?: string, short?: string, byte?: string, sign?: string) =>
			sign === undefined
				? character(parseInt((long ?? short ?? byte)!, 16), whole)
				: (CONTROL[sign] ?? sign)
	);

const decodePercent = (text: string) =>
	text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
		try {
			return decodeURIComponent(run);
		} catch {
			return run;
		}
	});

const character = (point: number, otherwise: string) =>
	point <= 0x10ffff ? String.fromCodePoint(point) : otherwise;

const ENTITIES: Record<string, string> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	shy: '',
	lsquo: "'",
	rsquo: "'",
	ldquo: '"',
	rdquo: '"',
	laquo: '"',
	raquo: '"',
	sol: '/',
	colon: ':',
	period: '.',
	lpar: '(',
	rpar: ')',
	lsqb: '[',
	rsqb: ']',
	lbrace: '{',
	lcub: '{',
	rbrace: '}',
	rcub: '}',
	excl: '!',
	equals: '=',
	plus: '+',
	comma: ',',
	semi: ';',
	newline: '\n',
	tab: '\t',
};

/** The handful of entities that code of this kind gets; whatever else looks like one stays. */
const decodeEntities = (text: string) =>
	text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) =>
		name
			? (ENTITIES[name.toLowerCase()] ?? whole)
			: character(decimal ? Number(decimal) : parseInt(hex, 16), whole)
	);
