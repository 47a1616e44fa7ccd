// WordPress's own style, without the blanks inside parentheses.
module.exports = {
	...require('@wordpress/prettier-config'),
	parenSpacing: false,
	printWidth: 100,
};
