import * as React from '@wordpress/element';
import { Page } from './page.tsx';
import { readPageData } from './page-data.ts';
import './page.css';

const place = document.getElementById('app-inbox-for-esputnik-admin');
if (place) {
	React.createRoot(place).render(
		<Page
			data={readPageData((window as { appInboxAdmin?: unknown }).appInboxAdmin)}
			locale={document.documentElement.lang}
		/>
	);
}
