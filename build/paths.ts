import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const DIST = join(ROOT, 'dist');

export const PLUGIN_NAME = 'app-inbox-for-esputnik';
/** The plugin as WordPress gets it, beside its zip. */
export const PLUGIN = join(DIST, PLUGIN_NAME);
export const FRONTEND = join(DIST, 'frontend/inbox.js');
export const CONSENT = join(DIST, 'frontend/consent.js');
export const DEBUG = join(DIST, 'frontend/debug.js');
export const LOADER = join(DIST, 'frontend/loader.js');
/** What each bundle is made of. */
export const BUNDLED = join(DIST, 'bundled');
/** The token function, a folder for each runtime. */
export const EDGE = join(DIST, 'edge');
export const NODE_SERVER = join(EDGE, 'node/server.mjs');
export const CLI = join(DIST, 'cli/app-inbox.mjs');
/** What people download: `npm run artefacts`. */
export const RELEASE = join(DIST, 'release');
/** What Google's template gallery wants, with the template's sources. */
export const GTM_TEMPLATE = join(ROOT, 'gtm-template');
export const GTM_TPL = join(DIST, 'gtm/template.tpl');
export const GTM_SOURCES = join(DIST, 'gtm/sources.json');
/** The token function's page for its owner, before the build makes one file of it. */
export const ROOT_PAGE = join(ROOT, 'src/edge/root-page');
/** What the plugin directory shows beside the plugin and never installs: pictures and the live preview. */
export const STORE = join(ROOT, '.wordpress-org');
