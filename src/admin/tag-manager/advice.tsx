import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';

/** When Tag Manager is wise, and when not. */
export function Advice() {
	return (
		<>
			<p>
				{__(
					'On this site, stay with the plugin: here it does all that Tag Manager would do, and earlier. If both are at work, nothing breaks: App Inbox starts only once on each page.',
					'app-inbox-for-esputnik'
				)}
			</p>
			<div className="app-inbox-admin__tag-manager-sides">
				<div>
					<h3>{__('When it is wise', 'app-inbox-for-esputnik')}</h3>
					<ul>
						<li>
							{__(
								'The bell is to appear on pages that WordPress does not make, such as a shop or an app.',
								'app-inbox-for-esputnik'
							)}
						</li>
						<li>
							{__(
								'Your team brings every script to those pages through Tag Manager, and in no other way.',
								'app-inbox-for-esputnik'
							)}
						</li>
					</ul>
				</div>
				<div>
					<h3>{__('When it is not', 'app-inbox-for-esputnik')}</h3>
					<ul>
						<li>
							{__(
								'Some of your visitors have a content blocker, which keeps Tag Manager out and the bell with it.',
								'app-inbox-for-esputnik'
							)}
						</li>
						<li>
							{__(
								'The bell is to appear at once: Tag Manager has to be loaded first.',
								'app-inbox-for-esputnik'
							)}
						</li>
						<li>
							{__(
								'Nobody can change those pages: most of them have to say who the visitor is (see below).',
								'app-inbox-for-esputnik'
							)}
						</li>
					</ul>
				</div>
			</div>
		</>
	);
}
