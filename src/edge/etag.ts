/**
 * Whether whoever asks has this version already. Weak comparison, as If-None-Match asks for: proxies
 * that compress make an ETag weak.
 */
export function isKnown(request: Request, etag: string): boolean {
	const header = request.headers.get('if-none-match');
	return (
		header !== null &&
		header
			.split(',')
			.some((candidate) => ['*', etag].includes(candidate.trim().replace(/^W\//, '')))
	);
}
