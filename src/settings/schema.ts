import * as z from 'zod/mini';
import { LANGUAGES } from './languages.ts';
import { __ } from './text.ts';

/**
 * The number of the settings' shape. Whoever changes the shape counts on, and adds the step to
 * plugin/includes/migrations.php.
 */
export const SCHEMA_VERSION = 1;

/** The vendor's script hosts, newest first. Sites of today carry either (seen on public pages). */
export const SCRIPT_HOSTS = ['cdn.esputnik.com', 'statics.esputnik.com'] as const;

/**
 * Who loads eSputnik's script: `ours`; or `site`, where a snippet of the site's own stays, loads it, and
 * App Inbox only joins its one `init`.
 */
export const SCRIPTS = ['ours', 'site'] as const;

/** Where the bell goes relative to the element of the selector, in `insertAdjacentHTML`'s words. */
export const POSITIONS = ['beforebegin', 'afterbegin', 'beforeend', 'afterend'] as const;

/** The WP Consent API's categories, and `none` for "ask nobody". */
export const CONSENTS = [
	'none',
	'functional',
	'preferences',
	'statistics-anonymous',
	'statistics',
	'marketing',
] as const;

/**
 * 32 hexadecimal digits, in one run as the vendor writes them or dashed as a UUID. (PHP's `$` also
 * matches before a last line feed, which `(?!\n)` refuses there; here it changes nothing.)
 */
export const SCRIPT_ID =
	/^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?!\n)$/;

/*
 * Patterns mean the same in the browser, the edge and PHP: PHP reads them with its `u` flag, where
 * `\d` and `\s` know more characters than here, so they are spelt out.
 */
const NAME = '([a-zA-Z0-9_-]+\\.)*[a-zA-Z][a-zA-Z0-9-]*';
const BYTE = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
const LOOPBACK = `(localhost|127(\\.${BYTE}){3}|\\[::1\\])`;
const PORT = '(:([1-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?';
const PATH = "(\\/[A-Za-z0-9._~!$&'()*+,;=:%\\/-]*)?";

/**
 * An https URL (http for this machine only) whose path ends in `/token`, without credentials, query
 * or fragment.
 */
export const ENDPOINT = new RegExp(
	`^(https:\\/\\/(${NAME}|${BYTE}(\\.${BYTE}){3}|${LOOPBACK})|http:\\/\\/${LOOPBACK})${PORT}${PATH}\\/token(?!\\n)$`
);

/** A pattern, or nothing at all: not set up yet is a state, not an error. */
const orEmpty = (pattern: RegExp) => new RegExp(`^(?!\\n)$|${pattern.source}`);

/**
 * The name of a role as its code has it. WordPress takes any text, its own plugins for roles make
 * `shop_manager`; capitals, blanks and letters of other alphabets occur. No sign of HTML, no comma:
 * PHP takes a text for a list.
 */
const ROLE = /^[\p{L}\p{N}_-]+( [\p{L}\p{N}_-]+)*(?!\n)$/u;

const described = <T extends z.core.$ZodType>(type: T, description: string): T => {
	z.globalRegistry.add(type, { description });
	return type;
};

const flag = (value: boolean, description: string) =>
	described(z._default(z.boolean(), value), description);

/**
 * All settings, once: the REST type, the form, the front end's config, the edge and the GTM export
 * come from here. `settingsSchema.parse({})` is the defaults. The vendor's API key is no setting: it
 * lives in the token function's environment alone.
 */
export const settingsSchema = z.strictObject({
	schemaVersion: described(
		z._default(
			z.literal(
				SCHEMA_VERSION,
				__('Another version of the plugin wrote these settings.', 'app-inbox-for-esputnik')
			),
			SCHEMA_VERSION
		),
		__('The version of these settings.', 'app-inbox-for-esputnik')
	),
	scriptId: described(
		z._default(
			z
				.string()
				.check(
					z.regex(
						orEmpty(SCRIPT_ID),
						__(
							'A script id has 32 digits and letters from A to F. Paste the whole snippet from eSputnik, Settings → Web tracking, and it is found for you.',
							'app-inbox-for-esputnik'
						)
					)
				),
			''
		),
		__('The id of your eSputnik script, as in your tracking snippet.', 'app-inbox-for-esputnik')
	),
	scriptHost: described(
		z._default(
			z.enum(
				SCRIPT_HOSTS,
				__(
					'This is not an address that eSputnik serves its script from.',
					'app-inbox-for-esputnik'
				)
			),
			'cdn.esputnik.com'
		),
		__('The address that your snippet loads the script from.', 'app-inbox-for-esputnik')
	),
	script: described(
		z._default(
			z.enum(
				SCRIPTS,
				__(
					'Choose whether App Inbox or your own snippet loads eSputnik’s script.',
					'app-inbox-for-esputnik'
				)
			),
			'ours'
		),
		__('Who loads eSputnik’s script.', 'app-inbox-for-esputnik')
	),
	features: described(
		z.prefault(
			z.strictObject({
				appInbox: flag(
					true,
					__(
						'App Inbox: a bell with personal messages for logged-in visitors.',
						'app-inbox-for-esputnik'
					)
				),
				recommendations: flag(
					false,
					__(
						'Recommendations: product blocks that you set up in eSputnik.',
						'app-inbox-for-esputnik'
					)
				),
				tracking: flag(
					false,
					__(
						'Tracking: eSputnik records what visitors do on your site. Without it, its script still records a page view on each page that loads it, and sets its cookie “sc”.',
						'app-inbox-for-esputnik'
					)
				),
			}),
			{}
		),
		__('What eSputnik’s script does on your site.', 'app-inbox-for-esputnik')
	),
	endpoint: described(
		z._default(
			z
				.string()
				.check(
					z.maxLength(
						500,
						__(
							'This address is too long: 500 characters at most.',
							'app-inbox-for-esputnik'
						)
					),
					z.regex(
						orEmpty(ENDPOINT),
						__(
							'The address starts with https:// and ends with /token, for example https://example.com/app-inbox/token.',
							'app-inbox-for-esputnik'
						)
					)
				),
			''
		),
		__('The full address of your token function.', 'app-inbox-for-esputnik')
	),
	language: described(
		z._default(
			z.enum(
				['auto', ...LANGUAGES],
				__(
					'Choose “Same as the page” or a two-letter language code such as uk or en.',
					'app-inbox-for-esputnik'
				)
			),
			'auto'
		),
		__('The language of the inbox.', 'app-inbox-for-esputnik')
	),
	consent: described(
		z._default(
			z.enum(CONSENTS, __('Choose one of the consent categories.', 'app-inbox-for-esputnik')),
			'marketing'
		),
		__(
			'Tracking and recommendations wait for this consent. Without a consent plugin they are allowed. The bell itself never waits: for visitors who get it, eSputnik’s script records page views and sets its cookie “sc”, whatever you choose here.',
			'app-inbox-for-esputnik'
		)
	),
	placement: described(
		z.prefault(
			z.strictObject({
				selector: described(
					z._default(
						z
							.string()
							.check(
								z.maxLength(
									500,
									__(
										'This selector is too long: 500 characters at most.',
										'app-inbox-for-esputnik'
									)
								),
								z.regex(
									/^[^<{}]*$/,
									__(
										'A CSS selector contains no <, { or }.',
										'app-inbox-for-esputnik'
									)
								)
							),
						''
					),
					__(
						'A CSS selector of the element that gets the bell.',
						'app-inbox-for-esputnik'
					)
				),
				position: described(
					z._default(
						z.enum(
							POSITIONS,
							__('Choose one of the four positions.', 'app-inbox-for-esputnik')
						),
						'beforeend'
					),
					__('Where the bell goes relative to that element.', 'app-inbox-for-esputnik')
				),
				icon: described(
					z._default(
						z
							.string()
							.check(
								z.maxLength(
									20_000,
									__(
										'This icon is too large: 20,000 characters at most.',
										'app-inbox-for-esputnik'
									)
								),
								z.regex(
									orEmpty(/^[ \t\r\n]*<svg[ \t\r\n>][\s\S]*<\/svg>[ \t\r\n]*$/),
									__(
										'The icon is an SVG: it starts with <svg and ends with </svg>.',
										'app-inbox-for-esputnik'
									)
								)
							),
						''
					),
					__('The bell’s picture, an SVG.', 'app-inbox-for-esputnik')
				),
			}),
			{}
		),
		__('Where the bell appears. eSputnik sets it up by these values.', 'app-inbox-for-esputnik')
	),
	excludedRoles: described(
		z._default(
			z
				.array(
					z
						.string()
						.check(
							z.maxLength(100),
							z.regex(
								ROLE,
								__(
									'This is not the name of a role, such as editor or shop_manager: letters, digits, - and _.',
									'app-inbox-for-esputnik'
								)
							)
						)
				)
				.check(
					z.maxLength(
						100,
						__('These are too many roles: 100 at most.', 'app-inbox-for-esputnik')
					)
				),
			[]
		),
		__('Visitors with one of these roles get no inbox.', 'app-inbox-for-esputnik')
	),
});

/** The settings as they are stored: complete and valid. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a new installation. */
export const defaultSettings = (): Settings => settingsSchema.parse({});

/** What is wrong with a value, as dotted path to sentence: `{'placement.selector': '…'}`. */
export type SettingsErrors = Record<string, string>;

/** Parses settings from outside: either all of them, complete, or an error for each wrong field. */
export function parseSettings(
	input: unknown
): { ok: true; settings: Settings } | { ok: false; errors: SettingsErrors } {
	const result = settingsSchema.safeParse(input);
	if (result.success) {
		return { ok: true, settings: result.data };
	}
	const errors: SettingsErrors = {};
	for (const issue of result.error.issues) {
		if (issue.code === 'unrecognized_keys') {
			for (const key of issue.keys) {
				errors[[...issue.path, key].join('.')] ??= NO_SUCH_SETTING;
			}
		} else {
			// zod's own words appear only where the schema has none: for a value of another type.
			errors[issue.path.join('.')] ??=
				issue.message === 'Invalid input' ? WRONG_TYPE : issue.message;
		}
	}
	return { ok: false, errors };
}

const NO_SUCH_SETTING = __('There is no such setting.', 'app-inbox-for-esputnik');
const WRONG_TYPE = __('This value is not of the right kind.', 'app-inbox-for-esputnik');
