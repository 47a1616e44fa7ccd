import wordpress from '@wordpress/eslint-plugin';

export default [
	{ ignores: ['dist/**', '**/node_modules/**', '.cache/**'] },
	...wordpress.configs.recommended,
	{
		languageOptions: {
			globals: { fetch: 'readonly', Response: 'readonly', Request: 'readonly' },
		},
		settings: { 'import/resolver': { typescript: true, node: true } },
		rules: {
			// Types say what JSDoc tags would; the texts stay.
			'jsdoc/require-param': 'off',
			'jsdoc/require-returns': 'off',
			'jsdoc/require-param-type': 'off',
			'jsdoc/require-returns-type': 'off',
			'jsdoc/check-tag-names': 'off',
			// TypeScript checks both, and knows packages' "exports" and Node's globals.
			'import/no-unresolved': 'off',
			'no-undef': 'off',
			'import/no-extraneous-dependencies': 'off',
		},
	},
	{
		files: ['**/*.{ts,tsx}'],
		rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
	},
	{
		files: ['src/cli/**', 'build/**', 'test/**', 'src/edge/runtimes/**'],
		rules: { 'no-console': 'off' },
	},
	{
		// One program out of several files.
		files: ['gtm-template/src/**'],
		rules: { 'no-unused-vars': 'off' },
	},
	{
		files: ['src/admin/**', 'src/block/**'],
		rules: {
			'@wordpress/i18n-text-domain': [
				'error',
				{ allowedTextDomain: 'app-inbox-for-esputnik' },
			],
		},
	},
];
