import { loaderUrl } from '../../gtm/settings.ts';
import { offerCopies } from './copy.ts';
import { offerDownloads } from './downloads.ts';

/** Where this page was opened: only the browser knows it, behind whatever proxies there are. */
const endpoint = `${location.origin}${location.pathname.replace(/\/+$/, '')}/token`;

document.getElementById('endpoint')!.textContent = endpoint;
document.getElementById('loader')!.textContent = loaderUrl(endpoint);
offerCopies();
offerDownloads(endpoint);
