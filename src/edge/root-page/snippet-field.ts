import { parseSnippet, type SnippetResult } from '../../settings/snippet.ts';

type Found = Extract<SnippetResult, { found: true }>;

/** The field for the snippet, which says what it has found as soon as it finds something. A key goes at once. */
export function snippetField(onFound: (found: Found) => void): { read: () => Found | null } {
	const field = document.querySelector<HTMLTextAreaElement>('#script')!;
	const error = document.getElementById('script-error')!;
	const found = document.getElementById('script-found')!;

	const show = (result: SnippetResult | null) => {
		const problem = result?.found === false ? result.message : '';
		error.textContent = problem;
		error.hidden = !problem;
		field.ariaInvalid = problem ? 'true' : null;
		found.textContent = result?.found ? foundText(result, field.value) : '';
		if (result?.found === false && result.reason === 'api-key') {
			field.value = '';
		}
	};

	field.addEventListener('input', (event) => {
		const result = parseSnippet(field.value);
		const pasted = /^insertFrom/.test((event as InputEvent).inputType);
		// Who is still typing is not told that it is wrong so far. Nor is who leaves the field: with the
		// message the buttons would move away from under the mouse that presses them.
		show(result.found || pasted ? result : null);
		if (result.found) {
			onFound(result);
		}
	});

	return {
		read() {
			const result = parseSnippet(field.value);
			show(result);
			if (result.found) {
				return result;
			}
			field.focus();
			return null;
		},
	};
}

function foundText({ scriptId, scriptHost, init }: Found, pasted: string): string {
	if (!init && !pasted.includes(scriptHost)) {
		// Of a bare id nobody can tell it: the form of the vendor's keys is not published.
		return 'Found: an id. Make sure that it is the id of the script, and no API key: it stands in your pages for everybody to read.';
	}
	const script = `Found: script ${scriptId} from ${scriptHost}.`;
	const names = [init?.RECOMS && 'recommendations', init?.TRACKING && 'tracking'].filter(Boolean);
	return names.length
		? `${script} The snippet switches on ${names.join(' and ')}, ticked below. So nothing is lost if you take the snippet off your site: the tag does the same, and waits for the consent below.`
		: script;
}
