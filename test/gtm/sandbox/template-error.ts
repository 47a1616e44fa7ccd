/** A template that Google Tag Manager would not import, or not run. */
export class TemplateError extends Error {
	override readonly name = 'TemplateError';
}
