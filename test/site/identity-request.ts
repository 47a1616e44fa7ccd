import { IDENTITY_URL } from '../../src/settings/frontend-config.ts';

/** An address that was asked, without the number that makes each question for a credential another one. */
export const plainUrl = (url: string) => url.replace(/(\?app-inbox=identity)&[\d.e-]+$/, '$1');

export const isIdentityRequest = (url: string) => plainUrl(url).endsWith(IDENTITY_URL);
