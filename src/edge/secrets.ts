/**
 * Says why a secret is none, or null. It judges what people leave in templates and type in a hurry;
 * it does not measure entropy.
 */
export function weakness(secret: string, minBytes: number): string | null {
	if (secret === '') {
		return 'is empty';
	}
	if (isPlaceholder(secret) || isTemplate(secret)) {
		return 'is a placeholder';
	}
	if (new TextEncoder().encode(secret).length < minBytes) {
		return `is too short: it needs at least ${minBytes} characters`;
	}
	if (new Set(secret).size < 5) {
		return 'repeats the same few characters';
	}
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		return 'contains blanks or characters other than plain ASCII';
	}
	return null;
}

/** Nothing but the words that stand for "put yours here", however they are joined and repeated. */
const isPlaceholder = (secret: string) =>
	/^\d{0,3}$/.test(
		secret
			.toLowerCase()
			.replace(FILLERS, '')
			.replace(/[^a-z0-9]/g, '')
	);

const FILLERS =
	/1234567890|0123456789|123456789|12345678|123456|12345|1234|passphrase|placeholder|password|esputnik|replace|example|default|change|insert|qwerty|secret|sample|fixme|dummy|enter|paste|value|yespo|token|todo|this|your|demo|here|pass|test|put|set|our|the|api|app|key|foo|bar|baz|abc|xxx+|an|it|me|my|to/g;

const isTemplate = (secret: string) =>
	/^<.*>$|^\[.*\]$|^\{.*\}$|\$\{.*\}|\{\{.*\}\}|^\$[A-Z_]+$|\.\.\.|…/.test(secret);
