import { Button, TextControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { ENDPOINT } from '../../settings/index.ts';
import { description } from '../description.ts';
import { CODE, CONTROL, FIELD, focusControlOf, help, invalid } from '../field.tsx';
import { Locked } from '../locked.tsx';
import type { PageData } from '../page-data.ts';
import { Section, type SectionProps } from '../section.tsx';
import { WhereItRuns } from './where-it-runs.tsx';

/** Where visitors' browsers get the inbox's token. */
export function TokenFunction({
	settings,
	errors,
	change,
	data,
}: SectionProps & { data: PageData }) {
	const own = ownEndpoint(data.siteUrl);
	const [explained, setExplained] = React.useState(settings.endpoint === '');
	return (
		<Section
			id="token-function"
			title={__('Token function', 'app-inbox-for-esputnik')}
			intro={__(
				'A small program beside your site opens each visitor’s own inbox. It alone holds eSputnik’s API key; never enter the key in WordPress.',
				'app-inbox-for-esputnik'
			)}
		>
			<div>
				<Button
					variant="link"
					aria-expanded={explained}
					onClick={() => setExplained(!explained)}
				>
					{__('Where it runs, and how to set it up', 'app-inbox-for-esputnik')}
				</Button>
				{explained && <WhereItRuns data={data} />}
			</div>
			<Locked path="endpoint">
				<div className={FIELD}>
					<TextControl
						{...CONTROL}
						{...CODE}
						{...invalid(errors.endpoint)}
						className="app-inbox-admin__code"
						type="url"
						label={__('Its address', 'app-inbox-for-esputnik')}
						help={help(
							`${description('endpoint')} ${__(
								'It ends with /token.',
								'app-inbox-for-esputnik'
							)}`,
							errors.endpoint
						)}
						value={settings.endpoint}
						onChange={(endpoint) => change({ endpoint })}
					/>
					{own && settings.endpoint === '' && (
						<Button
							variant="link"
							className="app-inbox-admin__suggestion"
							onClick={({ currentTarget }: { currentTarget: Element }) => {
								focusControlOf(currentTarget);
								change({ endpoint: own });
							}}
						>
							{sprintf(
								/* translators: %s: a web address. */
								__('It runs on this site: use %s', 'app-inbox-for-esputnik'),
								own
							)}
						</Button>
					)}
				</div>
			</Locked>
		</Section>
	);
}

/** The function's usual address on the site itself. */
function ownEndpoint(siteUrl: string): string | null {
	const endpoint = `${siteUrl}/app-inbox/token`;
	return ENDPOINT.test(endpoint) ? endpoint : null;
}
