/** What CHANGELOG.md says under "Unreleased". */
export interface News {
	/** A paragraph before the list: why to upgrade. */
	notice: string;
	/** The list's lines, as Markdown has them. */
	changes: string;
}

const HEADING = /^## Unreleased$/m;

export function unreleased(changelog: string): News {
	const start = HEADING.exec(changelog);
	if (!start) {
		return { notice: '', changes: '' };
	}
	const [section = ''] = changelog.slice(start.index + start[0].length).split(/^## /m);
	const list = section.search(/^- /m);
	return list < 0
		? { notice: section.trim(), changes: '' }
		: { notice: section.slice(0, list).trim(), changes: section.slice(list).trim() };
}

/** The same with the news under their version, and with nothing unreleased. */
export const released = (changelog: string, version: string, date: string): string =>
	changelog.replace(HEADING, `## Unreleased\n\n## ${version} (${date})`);

/** So many versions are in readme.txt, which the directory wants short; all are in CHANGELOG.md. */
const KEPT = 3;

/** What a site's owner reads before upgrading, where nobody has written why. */
const NO_NOTICE = 'See what is new in the changelog.';

/** readme.txt with the version's changes and why to upgrade, newest first. */
export function withNews(readme: string, version: string, { notice, changes }: News): string {
	const list = changes.replace(/^- /gm, '* ');
	const changed = withPart(readme, 'Changelog', version, list);
	return withPart(changed, 'Upgrade Notice', version, notice || NO_NOTICE);
}

function withPart(readme: string, section: string, version: string, text: string): string {
	const place = new RegExp(`(?<=^== ${section} ==\\n\\n)[^]*?(?=\\n*(\\n== |$(?![^])))`, 'm');
	if (!place.test(readme)) {
		throw new Error(`plugin/readme.txt has no section “${section}” for the news.`);
	}
	return readme.replace(place, (parts) => {
		const older = parts
			.split(/^(?== .+ =$)/m)
			.map((part) => part.trim())
			.filter((part) => part !== '' && !part.startsWith(`= ${version} =\n`));
		return [`= ${version} =\n${text}`, ...older].slice(0, KEPT).join('\n\n');
	});
}
