import { __ } from '@wordpress/i18n';
import { gtmFiles, parseGtmSettings, type TemplateSources } from '../../gtm/index.ts';
import { IDENTITY_URL, type Settings } from '../../settings/index.ts';
import type { FileName } from '../../gtm/save-file.ts';
import { translate } from '../translate.ts';

/** Something to mend before there is anything to download, and the section where it is mended. */
export interface Obstacle {
	section: 'script' | 'token-function' | 'visitors';
	text: string;
}

/** How to make each file from what is in the form, or all that stands in the way. */
export type Files =
	{ ok: true; make: (name: FileName) => string } | { ok: false; obstacles: Obstacle[] };

/** `identityUrl`: where this WordPress answers; the usual place goes without saying. */
export function filesFrom(
	settings: Settings,
	sources: TemplateSources,
	identityUrl: string
): Files {
	const parsed = parseGtmSettings({
		...settings,
		// As a save would tidy them.
		scriptId: settings.scriptId.trim(),
		endpoint: settings.endpoint.trim(),
		identityUrl: identityUrl === IDENTITY_URL ? '' : identityUrl,
	});
	const obstacles: Obstacle[] = Object.entries(parsed.ok ? {} : parsed.errors).map(
		([path, error]) => ({ section: sectionOf(path), text: translate(error) })
	);
	if (!Object.values(settings.features).includes(true)) {
		obstacles.push({ section: 'script', text: nothingToDo() });
	}
	return parsed.ok && obstacles.length === 0
		? { ok: true, make: (name) => gtmFiles(sources, parsed.settings)[name] }
		: { ok: false, obstacles: obstacles.sort(asOnThePage) };
}

const SECTIONS: Obstacle['section'][] = ['script', 'token-function', 'visitors'];

const asOnThePage = (one: Obstacle, other: Obstacle) =>
	SECTIONS.indexOf(one.section) - SECTIONS.indexOf(other.section);

function sectionOf(path: string): Obstacle['section'] {
	if (path === 'endpoint') {
		return 'token-function';
	}
	return path === 'language' || path === 'consent' ? 'visitors' : 'script';
}

const nothingToDo = () =>
	__(
		'Nothing is switched on, so the tag would do nothing: switch on the App Inbox.',
		'app-inbox-for-esputnik'
	);
