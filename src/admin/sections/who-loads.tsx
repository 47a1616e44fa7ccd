import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { SCRIPTS, type Settings } from '../../settings/index.ts';
import { Choice } from '../choice.tsx';
import { FieldGroup } from '../field.tsx';

interface Props {
	value: Settings['script'];
	error: string | undefined;
	onChange: (script: Settings['script']) => void;
}

/** Who brings eSputnik's script to the pages: a page needs it once. */
export function WhoLoads({ value, error, onChange }: Props) {
	return (
		<FieldGroup legend={__('Who loads the script', 'app-inbox-for-esputnik')} error={error}>
			<div className="app-inbox-admin__options">
				{SCRIPTS.map((script) => (
					<Choice
						key={script}
						name="app-inbox-script"
						value={script}
						{...textsOf(script)}
						checked={script === value}
						onChoose={() => onChange(script)}
					/>
				))}
			</div>
		</FieldGroup>
	);
}

function textsOf(script: Settings['script']): { label: string; explanation: string } {
	switch (script) {
		case 'ours':
			return {
				label: __('App Inbox', 'app-inbox-for-esputnik'),
				explanation: __(
					'For most sites. Any other eSputnik snippet, in your theme, another plugin or Tag Manager, should then go: switch on below what it did.',
					'app-inbox-for-esputnik'
				),
			};
		case 'site':
			return {
				label: __('My site’s own snippet', 'app-inbox-for-esputnik'),
				explanation: __(
					'For a site whose theme or another plugin has the snippet of this account already, and is to keep it. App Inbox only joins its start.',
					'app-inbox-for-esputnik'
				),
			};
	}
}
