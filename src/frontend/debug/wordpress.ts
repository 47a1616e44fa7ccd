/** What a WordPress page loads with `?app-inbox-debug`, before the front end itself. */
import type { FrontendConfig } from '../../settings/frontend-config.ts';
import { watch } from './index.ts';

watch(() => {
	const script = document.getElementById('app-inbox-for-esputnik');
	const json = /appInbox\.init\((\{.*\})\)\s*$/s.exec(script?.textContent ?? '')?.[1];
	return json ? (JSON.parse(json) as FrontendConfig) : undefined;
});
