import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

/** What each part may import of ours beside itself: design's one direction, in which nothing goes round. */
export const MAY_IMPORT: Record<string, string[]> = {
	'src/settings': [],
	'src/frontend': ['src/settings'],
	'src/gtm': ['src/settings'],
	'src/edge': ['src/settings'],
	// The one part of the token function that runs in its owner's browser, where it makes the downloads.
	'src/edge/root-page': ['src/settings', 'src/gtm'],
	'src/admin': ['src/settings', 'src/gtm'],
	'src/block': ['src/settings'],
	'src/editor': ['src/settings'],
	'src/cli': ['src/settings', 'src/gtm', 'src/edge'],
	build: ['src/settings', 'src/gtm', 'src/edge'],
};

/** Files with a reason of their own, each with what it may import besides. */
const EXCEPTIONS: Record<string, string> = {
	// Takes the directory's pictures with the browser of the tests.
	'build/store.ts': 'test/site/browser.ts',
	// The downloads of the settings page and the build's zips are made alike.
	'build/zip.ts': 'src/admin/folder/zip.ts',
};

/** Names and values for the page's scripts; they import nothing themselves. */
const FRONTEND_VALUES = ['src/settings/frontend-config.ts', 'src/settings/es-stub.ts'];

/** dependency-cruiser's rules, each named by what it asks for. */
export const RULES: Array<IRegularForbiddenRuleType & { name: string }> = [
	{ name: 'no circle', from: {}, to: { circular: true } },
	...Object.entries(MAY_IMPORT).map(([part, allowed]) => ({
		name: `${part} imports ${allowed.join(', ') || 'nothing of ours'}`,
		from: {
			path: inside(part),
			pathNot: [
				...Object.keys(MAY_IMPORT)
					.filter((other) => other.startsWith(`${part}/`))
					.map(inside),
				...Object.keys(EXCEPTIONS).map(exactly),
			],
		},
		to: { path: '^(src|build|test)/', pathNot: [part, ...allowed].map(inside) },
	})),
	...Object.entries(EXCEPTIONS).map(([file, besides]) => ({
		name: `${file} imports ${besides} besides`,
		from: { path: exactly(file) },
		to: { path: '^(test|src/(admin|cli))/', pathNot: exactly(besides) },
	})),
	{
		name: 'no library reaches the visitor',
		from: { path: inside('src/frontend') },
		to: { path: '^node_modules/|^virtual:', dependencyTypesNot: ['type-only'] },
	},
	{
		name: `src/frontend takes only types, and the values of ${FRONTEND_VALUES.join(', ')}`,
		from: { path: inside('src/frontend') },
		to: {
			path: inside('src/settings'),
			pathNot: FRONTEND_VALUES.map(exactly),
			dependencyTypesNot: ['type-only'],
		},
	},
	{
		name: `${FRONTEND_VALUES.join(', ')} take only types`,
		from: { path: FRONTEND_VALUES.map(exactly) },
		to: { dependencyTypesNot: ['type-only'] },
	},
	{
		name: 'the core of the token function knows no runtime',
		from: { path: inside('src/edge'), pathNot: inside('src/edge/runtimes') },
		to: { path: inside('src/edge/runtimes') },
	},
	{
		name: 'only Node’s own runtimes, the command and the tests use Node',
		from: { path: '^src/', pathNot: [inside('src/edge/runtimes'), inside('src/cli')] },
		to: { dependencyTypes: ['core'] },
	},
	{
		name: 'imports lead somewhere',
		from: {},
		// virtual: is the build's; the others are WordPress's own, which the page brings along.
		to: {
			couldNotResolve: true,
			pathNot: '^virtual:|^@wordpress/(block-editor|blocks|edit-post|editor|plugins)$',
		},
	},
];

function inside(folder: string): string {
	return `^${folder}/`;
}

function exactly(file: string): string {
	return `^${file.replaceAll('.', '\\.')}$`;
}
