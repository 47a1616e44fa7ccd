/**
 * Marks a text of the schema for translation and gives it back as it is.
 *
 * The settings import nothing of WordPress's, yet their words appear in its admin: the extractor
 * of translatable texts finds them by this function's name, and the settings page translates
 * them when it shows them.
 */
export const __ = (text: string, _domain: 'app-inbox-for-esputnik'): string => text;
