import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { released, unreleased, withNews, type News } from './changelog.ts';
import { git } from './git.ts';
import { FILES, versionsIn, withVersion, type Texts } from './places.ts';

const CHANGELOG = 'CHANGELOG.md';
const README = 'plugin/readme.txt';

export interface Plan {
	version: string;
	tag: string;
	news: News;
	/** Every file that changes, as it will be. */
	texts: Texts;
}

/** What a release would do, or a sentence that says why there can be none. */
export type Planned = { ok: true; plan: Plan } | { ok: false; message: string };

/**
 * @param root  The repository.
 * @param bump  `patch`, `minor`, `major` or the version itself.
 * @param today As the changelog says it: 2026-11-26.
 */
export async function planRelease(root: string, bump: string, today: string): Promise<Planned> {
	const branch = await git(root, 'rev-parse', '--abbrev-ref', 'HEAD');
	if (branch !== 'main') {
		return refused(`Releases are made of main, and this is ${branch}: git switch main`);
	}
	if ((await git(root, 'status', '--porcelain')) !== '') {
		return refused('There are changes that are not committed. Commit them or put them away.');
	}
	const texts = await readTexts(root);
	const versions = new Set(versionsIn(texts));
	const [current = ''] = versions;
	if (versions.size > 1) {
		return refused(`The files disagree about the version: ${[...versions].join(', ')}.`);
	}
	const version = bumped(current, bump);
	if (version === null) {
		return refused(`“${bump}” is neither patch, minor, major nor a version such as 1.2.3.`);
	}
	const tag = `v${version}`;
	if ((await git(root, 'tag', '--list', tag)) !== '') {
		return refused(`${version} is released: there is a tag ${tag}.`);
	}
	if (compare(version, current) < 0) {
		return refused(`${version} is older than ${current}.`);
	}
	const news = unreleased(texts[CHANGELOG]!);
	if (news.changes === '') {
		return refused(`${CHANGELOG} has no list under “Unreleased”: nothing would be new.`);
	}
	if (news.notice.length > 300) {
		return refused(
			`The paragraph under “Unreleased” has ${news.notice.length} characters; the plugin directory shows 300 of why to upgrade.`
		);
	}
	const changed = withVersion(texts, version);
	changed[CHANGELOG] = released(changed[CHANGELOG]!, version, today);
	changed[README] = withNews(changed[README]!, version, news);
	return { ok: true, plan: { version, tag, news, texts: changed } };
}

async function readTexts(root: string): Promise<Texts> {
	const names = [...FILES, CHANGELOG];
	const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')));
	return Object.fromEntries(names.map((name, index) => [name, texts[index]!]));
}

/** The version itself may be the current one: the first release has that. */
function bumped(current: string, bump: string): string | null {
	if (/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(bump)) {
		return bump;
	}
	const [major = 0, minor = 0, patch = 0] = numbers(current);
	const next = new Map([
		['patch', `${major}.${minor}.${patch + 1}`],
		['minor', `${major}.${minor + 1}.0`],
		['major', `${major + 1}.0.0`],
	]);
	return next.get(bump) ?? null;
}

const numbers = (version: string) => version.split('.').map(Number);

function compare(a: string, b: string): number {
	const [left, right] = [numbers(a), numbers(b)];
	const index = left.findIndex((number, at) => number !== right[at]);
	return index < 0 ? 0 : left[index]! - right[index]!;
}

const refused = (message: string): Planned => ({ ok: false, message });
