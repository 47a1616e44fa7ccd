import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ChooseFile, Merge, Publish } from './pictures.tsx';

/** The three steps in Tag Manager, each as a picture with its words below. */
export function ImportSteps() {
	return (
		<>
			<ol className="app-inbox-admin__import">
				{steps().map(({ Picture, shows, title, text }) => (
					<li key={title}>
						<Picture label={shows} />
						<strong>{title}</strong>
						<span>{text}</span>
					</li>
				))}
			</ol>
			<p className="app-inbox-admin__note">
				{__(
					'To import again after a change, choose Overwrite conflicting tags, triggers, and variables instead, or edit the tag in Tag Manager: else the old settings stay at work.',
					'app-inbox-for-esputnik'
				)}
			</p>
		</>
	);
}

const steps = () => [
	{
		Picture: ChooseFile,
		shows: __(
			'Tag Manager’s page for an import: the file container.json is chosen, and a new workspace.',
			'app-inbox-for-esputnik'
		),
		title: __('Choose the file', 'app-inbox-for-esputnik'),
		text: __(
			'In Tag Manager, open Admin → Import Container. Choose container.json, and a new workspace.',
			'app-inbox-for-esputnik'
		),
	},
	{
		Picture: Merge,
		shows: __(
			'The two import options: not the first, Overwrite, but the second, Merge, and below it Rename.',
			'app-inbox-for-esputnik'
		),
		title: __('Merge', 'app-inbox-for-esputnik'),
		text: __(
			'Choose Merge, then Rename conflicting tags, triggers, and variables, so that all of your own stays as it is. Then confirm.',
			'app-inbox-for-esputnik'
		),
	},
	{
		Picture: Publish,
		shows: __(
			'Tag Manager’s workspace with the buttons Preview and Submit, and a page with the bell.',
			'app-inbox-for-esputnik'
		),
		title: __('Preview and publish', 'app-inbox-for-esputnik'),
		text: __(
			'Press Preview and log in to your site: the bell is there. Then press Submit, and Publish.',
			'app-inbox-for-esputnik'
		),
	},
];
