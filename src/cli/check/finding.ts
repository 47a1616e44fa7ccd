/** The links of the chain, in the order in which they are told. */
export const LINKS = [
	'environment',
	'keys',
	'vendor-key',
	'contact',
	'endpoint',
	'origin',
	'refusal',
	'loader',
	'token',
] as const;
export type Link = (typeof LINKS)[number];

export const STATUSES = ['pass', 'fail', 'skip'] as const;
export type Status = (typeof STATUSES)[number];

/** What came of one link. */
export interface Finding {
	status: Status;
	/** What it means; several things on a line each. */
	message: string;
	/** What to do about it. */
	next?: string;
	/** What the deployed function said of links of its own, each by its id. */
	parts?: Array<{ id: string; finding: Finding }>;
}

/** What happened and what to do next. */
export type Explanation = Required<Pick<Finding, 'message' | 'next'>>;

export const pass = (message: string): Finding => ({ status: 'pass', message });
export const fail = ({ message, next }: Explanation): Finding => ({
	status: 'fail',
	message,
	next,
});
export const skip = (message: string): Finding => ({ status: 'skip', message });

/**
 * The token function's own sentences for people as what happened and what to do: the first one says
 * the former, the rest the latter.
 */
export function explained(hint: string): Explanation {
	const end = hint.indexOf('. ') + 1;
	return end === 0
		? { message: hint, next: '' }
		: { message: hint.slice(0, end), next: hint.slice(end + 1) };
}
