import { flagsSwitchedOn } from '../../src/admin/snippet-answer.ts';
import { defaultSettings } from '../../src/settings/schema.ts';
import { parseSnippet } from '../../src/settings/snippet.ts';

/** What the settings page makes of a text that is pasted there. Throws its words where it finds nothing. */
export function pastedSettings(text: string) {
	const pasted = parseSnippet(text);
	if (!pasted.found) {
		throw new Error(`The set-up finds no script. ${pasted.message}`);
	}
	const { scriptId, scriptHost } = pasted;
	const features = { ...defaultSettings().features, ...flagsSwitchedOn(pasted) };
	return { scriptId, scriptHost, features };
}
