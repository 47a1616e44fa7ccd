import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { TemplateSources } from '../../gtm/index.ts';
import type { Settings } from '../../settings/index.ts';
import { saveGtmFile, type FileName } from '../../gtm/save-file.ts';
import type { PageData } from '../page-data.ts';
import { filesFrom, type Obstacle } from './files.ts';

/** The two files that Tag Manager imports, made here. */
export function Downloads({
	settings,
	sources,
	data,
}: {
	settings: Settings;
	sources: TemplateSources;
	data: PageData;
}) {
	const reasons = React.useRef<HTMLDivElement>(null);
	const [saved, setSaved] = React.useState<FileName | null>(null);
	const files = filesFrom(settings, sources, data.identityUrl);
	const download = (name: FileName) => {
		setSaved(null);
		if (files.ok) {
			saveGtmFile(name, files.make(name));
			setSaved(name);
		} else {
			reasons.current?.focus(); // They are read out.
		}
	};
	return (
		<>
			<p>
				{__(
					'They are made in your browser from what is in this form now, saved or not. There is no key in them.',
					'app-inbox-for-esputnik'
				)}
			</p>
			{!files.ok && (
				<div ref={reasons} tabIndex={-1} className="app-inbox-admin__tag-manager-first">
					<Obstacles obstacles={files.obstacles} />
				</div>
			)}
			<div className="app-inbox-admin__actions">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					onClick={() => download('container.json')}
				>
					{__('Download the container', 'app-inbox-for-esputnik')}
				</Button>
				<Button
					variant="tertiary"
					__next40pxDefaultSize
					onClick={() => download('template.tpl')}
				>
					{__('Download the template', 'app-inbox-for-esputnik')}
				</Button>
			</div>
			<p role="status" className="app-inbox-admin__answer is-good">
				{saved &&
					sprintf(
						/* translators: %s: a file's name. */
						__('Your browser saves %s.', 'app-inbox-for-esputnik'),
						saved
					)}
			</p>
			<p className="app-inbox-admin__note">
				{__(
					'The container is all that you need: it holds the template, a tag, its trigger and its variables. Take the template alone to bring one that you have imported before up to date, or to make the tag by yourself.',
					'app-inbox-for-esputnik'
				)}
			</p>
		</>
	);
}

function Obstacles({ obstacles }: { obstacles: Obstacle[] }) {
	return (
		<>
			<p>
				{__(
					'Before anything can be downloaded, something above has to change:',
					'app-inbox-for-esputnik'
				)}
			</p>
			<ul>
				{obstacles.map(({ section, text }) => (
					<li key={text}>
						<a href={`#app-inbox-${section}`}>{titleOf(section)}</a>
						{`: ${text}`}
					</li>
				))}
			</ul>
		</>
	);
}

function titleOf(section: Obstacle['section']): string {
	switch (section) {
		case 'script':
			return __('Script', 'app-inbox-for-esputnik');
		case 'token-function':
			return __('Token function', 'app-inbox-for-esputnik');
		case 'visitors':
			return __('Visitors', 'app-inbox-for-esputnik');
	}
}
