import * as z from 'zod/mini';
import { settingsSchema, type Settings, type SettingsErrors } from '../settings/schema.ts';
import { __ } from '../settings/text.ts';
import { endpointProblem } from './endpoint.ts';

/** The settings that go into a template and a container. */
export type GtmSettings = Pick<
	Settings,
	'scriptId' | 'scriptHost' | 'script' | 'features' | 'endpoint' | 'language' | 'consent'
> & {
	/** Where a WordPress in a folder signs who is logged in, as a path of its site; '' for the usual one. */
	identityUrl: string;
};

/**
 * Parses them from outside; other settings are left out. Here no script id and no endpoint are
 * errors: what is not set up yet is nothing to export.
 */
export function parseGtmSettings(
	input: unknown
): { ok: true; settings: GtmSettings } | { ok: false; errors: SettingsErrors } {
	const result = gtmSchema.safeParse(input);
	const errors: SettingsErrors = {};
	for (const issue of result.error?.issues ?? []) {
		// The schema has words of its own for all but a value of another type.
		errors[issue.path.join('.')] ??= issue.code === 'invalid_type' ? WRONG_TYPE : issue.message;
	}
	const { scriptId, endpoint } = Object(input) as Record<string, unknown>;
	if (scriptId === undefined || scriptId === '') {
		errors.scriptId = NO_SCRIPT_ID;
	}
	if (endpoint === undefined || typeof endpoint === 'string') {
		// More exact than the schema's one sentence for all that is wrong with an address.
		const problem = endpointProblem(endpoint ?? '');
		if (problem) {
			errors.endpoint = problem;
		}
	}
	if (!result.success || Object.keys(errors).length > 0) {
		return { ok: false, errors };
	}
	const { href } = new URL(result.data.endpoint);
	return { ok: true, settings: { ...result.data, endpoint: href } };
}

/** `loader.js`, which the token function serves beside its endpoint. */
export const loaderUrl = (endpoint: string): string => endpoint.replace(/\/token$/, '/loader.js');

const { scriptId, scriptHost, script, features, endpoint, language, consent } =
	settingsSchema.shape;
const gtmSchema = z.object({
	scriptId,
	scriptHost,
	script,
	features,
	endpoint,
	language,
	consent,
	identityUrl: z._default(
		z
			.string()
			.check(
				z.regex(
					/^(?:\/(?:[^\s/\\][^\s\\]{0,498})?)?$/,
					__(
						'Give the address as a path of the site, such as /blog/?app-inbox=identity.',
						'app-inbox-for-esputnik'
					)
				)
			),
		''
	),
});

const NO_SCRIPT_ID = __(
	'Give your script id: 32 digits and letters from A to F, in your eSputnik snippet under Settings → Web tracking.',
	'app-inbox-for-esputnik'
);
const WRONG_TYPE = __('This value is not of the right kind.', 'app-inbox-for-esputnik');
