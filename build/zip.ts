/** The downloads that the settings page makes in the browser, and the build's own zips, are made alike. */
export { UNPACKED, zipOf } from '../src/admin/folder/zip.ts';
