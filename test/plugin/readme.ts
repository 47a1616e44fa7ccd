/** What the plugin directory reads of a readme.txt. */
export interface Readme {
	name: string;
	/** The lines “Name: value” below the name. */
	headers: Record<string, string>;
	shortDescription: string;
	/** By title, in order, without the blank lines around. */
	sections: Map<string, string>;
}

export function parseReadme(text: string): Readme {
	const [head = '', ...rest] = text.split(/^== (?=.+ ==$)/m);
	const [title = '', ...lines] = head.trim().split('\n');
	const headers: Record<string, string> = {};
	while (lines[0] && lines[0] !== '') {
		const [, name, value] = /^([A-Z][\w ]+): *(.+)$/.exec(lines[0]) ?? [];
		if (name === undefined || value === undefined) {
			throw new Error(`This is no header: ${lines[0]}`);
		}
		headers[name] = value;
		lines.shift();
	}
	const sections = rest.map((section) => {
		const end = section.indexOf(' ==\n');
		return [section.slice(0, end), section.slice(end + 4).trim()] as const;
	});
	return {
		name: /^=== (.+) ===$/.exec(title)?.[1] ?? '',
		headers,
		shortDescription: lines.join('\n').trim(),
		sections: new Map(sections),
	};
}

/** The parts “= title =” of a section. */
export function partsOf(section: string): Map<string, string> {
	const parts = section.split(/^= (?=.+ =$)/m).slice(1);
	return new Map(
		parts.map((part) => {
			const end = part.indexOf(' =\n');
			return [part.slice(0, end), part.slice(end + 3).trim()];
		})
	);
}

/** The fields of a plugin's main file. */
export function pluginHeader(php: string): Record<string, string> {
	const comment = php.slice(0, php.search(/^ \*(\/|$)/m));
	return Object.fromEntries(
		[...comment.matchAll(/^ \* ([A-Z][\w ]+): +(.+)$/gm)].map(([, name, value]) => [
			name!,
			value!,
		])
	);
}
