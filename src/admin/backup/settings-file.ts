import { __, sprintf } from '@wordpress/i18n';
import * as z from 'zod/mini';
import { parseSettings, type Settings, type SettingsErrors } from '../../settings/index.ts';
import { translate } from '../translate.ts';
import { settingName } from './setting-name.ts';

export const FILE_NAME = 'app-inbox-settings.json';

/** Says what the file is, to us and to whoever opens it. */
const FORMAT = 'app-inbox-for-esputnik/settings';

/** Far more than settings can be, and little enough to read at once. */
export const MAX_FILE_BYTES = 500_000;

const fileSchema = z.object({
	format: z.literal(FORMAT),
	/** Of the plugin that wrote it. */
	version: z.string(),
	settings: z.record(z.string(), z.unknown()),
});

/** The settings as a file, for `readSettingsFile` of this version or a later one. */
export const settingsFile = (settings: Settings, version: string): string =>
	`${JSON.stringify({ format: FORMAT, version, settings } satisfies z.infer<typeof fileSchema>, null, '\t')}\n`;

/** All settings of a file, or in sentences what is wrong with it. */
export type FileResult =
	{ ok: true; settings: Settings } | { ok: false; message: string; fields: string[] };

/** Reads a file by the schema of the settings. `version` is this plugin's own. */
export function readSettingsFile(text: string, version: string): FileResult {
	const file = fileSchema.safeParse(parsed(text));
	if (!file.success) {
		return { ok: false, message: notSettings(), fields: [] };
	}
	const result = parseSettings(file.data.settings);
	return result.ok
		? result
		: {
				ok: false,
				message:
					file.data.version === version
						? wrongSettings()
						: wrongVersion(file.data.version, version),
				fields: fieldSentences(result.errors),
			};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** `Language: Choose …`, for each wrong field. */
export const fieldSentences = (errors: SettingsErrors): string[] =>
	Object.entries(errors).map(([path, error]) =>
		sprintf(
			/* translators: 1: a setting's name, 2: what is wrong with it. */
			__('%1$s: %2$s', 'app-inbox-for-esputnik'),
			settingName(path),
			translate(error)
		)
	);

const notSettings = () =>
	sprintf(
		/* translators: %s: a file's name. */
		__(
			'This file holds no settings of this plugin, so nothing was changed. Choose a file that “Export” has saved; it is called %s.',
			'app-inbox-for-esputnik'
		),
		FILE_NAME
	);

const wrongSettings = () =>
	__(
		'Some settings in this file are wrong, so nothing was changed. Mend them in a text editor, or export the file again.',
		'app-inbox-for-esputnik'
	);

const wrongVersion = (theirs: string, ours: string) =>
	sprintf(
		/* translators: 1 and 2: version numbers. */
		__(
			'This file is from version %1$s of the plugin, and this site has %2$s, so nothing was changed. Bring both sites to the same version and export the file again.',
			'app-inbox-for-esputnik'
		),
		theirs,
		ours
	);
