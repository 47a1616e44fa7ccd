import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import sources from 'virtual:gtm-sources';
import type { Settings } from '../../settings/index.ts';
import type { PageData } from '../page-data.ts';
import { Advice } from './advice.tsx';
import { Downloads } from './downloads.tsx';
import { ImportSteps } from './import-steps.tsx';
import { OtherPages } from './other-pages.tsx';

export interface GuideProps {
	settings: Settings;
	data: PageData;
}

/** Whether to use Tag Manager, and how. */
export function Guide({ settings, data }: GuideProps) {
	return (
		<>
			<Advice />
			<h3>{__('The files', 'app-inbox-for-esputnik')}</h3>
			<Downloads settings={settings} sources={sources} data={data} />
			<h3>{__('How to import the container', 'app-inbox-for-esputnik')}</h3>
			<ImportSteps />
			<h3>{__('What the pages need', 'app-inbox-for-esputnik')}</h3>
			<OtherPages data={data} />
		</>
	);
}
