/** `CSS.escape`, which jsdom lacks, by the rules of the CSS Object Model (serialise an identifier). */
export function cssEscape(identifier: string): string {
	return [...identifier]
		.map((character, index) => {
			const code = character.codePointAt(0)!;
			if (code === 0) {
				return '\uFFFD';
			}
			const digit = /[0-9]/.test(character);
			if (
				(code >= 1 && code <= 0x1f) ||
				code === 0x7f ||
				(digit && (index === 0 || (index === 1 && identifier[0] === '-')))
			) {
				return `\\${code.toString(16)} `;
			}
			if (identifier === '-') {
				return '\\-';
			}
			return code >= 0x80 || /[\w-]/.test(character) ? character : `\\${character}`;
		})
		.join('');
}
