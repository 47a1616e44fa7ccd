/**
 * The forms in which eSputnik's snippet goes around, by name: as it stands on a page (`html`), and as
 * people have it before them when they copy it (`pasted`). Each is tried in three ways: pasted, merged on
 * a page, and found by the check.
 *
 * Where the forms come from: the vendor's help page; public shops and repositories, which have it in
 * templates of PHP, Blade, React, Next.js and Nuxt, in themes' options and in Tag Manager; what
 * word processors, chats and letters do to any text; what consent tools and optimisers do to scripts.
 */
import { INITS, LOADERS } from './forms/code.ts';
import type { Form } from './forms/form.ts';
import { SURROUNDINGS } from './forms/surroundings.ts';
import { PROGRAMS, TEXTS } from './forms/written.ts';

export type { Form };

export const FORMS: Form[] = [...LOADERS, ...INITS, ...PROGRAMS, ...TEXTS, ...SURROUNDINGS];
