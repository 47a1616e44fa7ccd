import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SCRIPT_HOSTS, type SettingsErrors } from '../settings/schema.ts';
import type { SnippetResult } from '../settings/snippet.ts';

interface GtmOptions {
	script: string;
	endpoint: string;
	keepSnippet?: boolean;
	language: string;
	/** Undefined: as the snippet has them. */
	recommendations?: boolean;
	tracking?: boolean;
	consent?: string;
	scriptHost?: string;
	identityUrl?: string;
	out: string;
}

/** `app-inbox gtm`: makes what Google Tag Manager imports, for one token function. */
export function addGtm(program: Command): void {
	program
		.command('gtm')
		.summary('make the files that Google Tag Manager imports')
		.description(
			'Writes container.json, for Admin → Import Container in Tag Manager, and template.tpl, the template ' +
				'alone. Both load App Inbox from your token function and from nowhere else.'
		)
		.requiredOption('--script <id>', 'the script id in your eSputnik snippet, or the snippet')
		.requiredOption('--endpoint <url>', 'the token endpoint, https and /token included')
		.option('--keep-snippet', 'your site’s own snippet stays, and loads the script')
		.option('--language <code>', 'two letters, or auto for the page’s own', 'auto')
		.option('--recommendations', 'switch recommendations on')
		.option('--no-recommendations', 'leave them out, whatever the snippet has')
		.option('--tracking', 'switch tracking on')
		.option('--no-tracking', 'leave it out, whatever the snippet has')
		.option(
			'--consent <type>',
			'what the two wait for: a type of Google’s consent mode, or none'
		)
		.option('--script-host <host>', 'where eSputnik’s script comes from')
		.option('--identity-url <path>', 'where a WordPress in a folder signs')
		.option('--out <dir>', 'the folder to write to', '.')
		.action(async (options: GtmOptions) => {
			const { parseSnippet } = await import('../settings/snippet.ts');
			const snippet = parseSnippet(options.script);
			if (!snippet.found && snippet.reason !== 'empty' && snippet.reason !== 'no-script') {
				refuse(`--script: ${snippet.message}`);
				return;
			}
			const { consentOf, consentType, gtmFiles, parseGtmSettings } =
				await import('../gtm/index.ts');
			const parsed = parseGtmSettings(toSettings(options, snippet, consentOf));
			if (!parsed.ok) {
				refuse(firstProblem(parsed.errors));
				return;
			}
			const { default: sources } = await import('virtual:gtm-sources');
			const { writeAll } = await import('./write-all.ts');
			const written = await writeAll(
				resolve(options.out),
				gtmFiles(sources, parsed.settings)
			);
			if (!written.ok) {
				refuse(written.problem);
				return;
			}
			const { features, consent } = parsed.settings;
			const waits = consent !== 'none' && (features.recommendations || features.tracking);
			console.log(`${written.files.join('\n')}\n
Import container.json in Tag Manager, under Admin → Import Container: choose a new workspace,
Merge, and Rename conflicting tags, triggers, and variables. To import again after a change, choose
Overwrite conflicting tags, triggers, and variables instead, or the old settings stay at work. Then
preview and publish it. template.tpl is in it; you need that file only to bring the template up to
date by itself.${ofSnippet(options, snippet)}${waits ? waitsFor(consentType(consent)) : ''}`);
		});
}

const waitsFor = (type: string) => `

Recommendations and tracking wait for the consent ${type}. --consent or the tag itself changes that.`;

/** What is switched on because the snippet has it, and no option said so. */
function ofSnippet(options: GtmOptions, snippet: SnippetResult): string {
	const init = snippet.found ? snippet.init : null;
	const on = [
		...(init?.RECOMS && options.recommendations === undefined ? ['recommendations'] : []),
		...(init?.TRACKING && options.tracking === undefined ? ['tracking'] : []),
	];
	if (on.length === 0) {
		return '';
	}
	const goes = `: nothing is lost when you take it off
your site. If it stays there, give --keep-snippet; without ${on.join(' and ')}, --no-${on.join(' --no-')}.`;
	return `\n\nYour snippet uses ${on.join(' and ')}, so the tag does too${options.keepSnippet ? '.' : goes}`;
}

/** A whole snippet says where the script comes from, too, and what it switches on. */
function toSettings(
	options: GtmOptions,
	snippet: SnippetResult,
	consentOf: (type: string) => string | undefined
): unknown {
	const { script, endpoint, keepSnippet, language, recommendations, tracking, consent } = options;
	const found = snippet.found ? snippet : { scriptId: script, scriptHost: undefined, init: null };
	return {
		scriptId: found.scriptId,
		scriptHost: options.scriptHost ?? found.scriptHost,
		script: keepSnippet ? 'site' : 'ours',
		features: {
			appInbox: true,
			recommendations: recommendations ?? found.init?.RECOMS,
			tracking: tracking ?? found.init?.TRACKING,
		},
		endpoint,
		language,
		identityUrl: options.identityUrl,
		...(consent !== undefined && { consent: consentOf(consent) ?? null }),
	};
}

/** Which option a setting comes from; in the order of the help. */
const OPTIONS: Record<string, string> = {
	scriptId: '--script',
	endpoint: '--endpoint',
	language: '--language',
	consent: '--consent',
	scriptHost: '--script-host',
	identityUrl: '--identity-url',
};

/** Without the value, which might contain a password. */
function firstProblem(errors: SettingsErrors): string {
	const [setting, option] = Object.entries(OPTIONS).find(([name]) => name in errors)!;
	return `${option}: ${OWN_WORDS[setting] ?? errors[setting]}`;
}

/** Where the form's words, which speak of a list to choose from, would be no help here. */
const OWN_WORDS: Record<string, string> = {
	language:
		'A language is two letters of ISO 639-1, such as uk or en, or auto for the page’s own.',
	consent:
		'A consent is ad_storage, analytics_storage, personalization_storage, functionality_storage, or none.',
	scriptHost: `eSputnik serves its script from ${SCRIPT_HOSTS.join(' and ')}: give one of them.`,
};

function refuse(problem: string): void {
	console.error(`app-inbox: ${problem} Nothing is written.`);
	process.exitCode = 1;
}
