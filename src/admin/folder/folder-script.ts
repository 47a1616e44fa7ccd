import { runtime, files } from 'virtual:folder';
import { UNPACKED, zipOf } from './zip.ts';

// Zipped only here: wordpress.org takes no compressed file in a plugin.
(window.appInboxFolders ??= {})[runtime] = () => zipOf(UNPACKED, files);
