import { Button, TextareaControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { saveFile } from '../../gtm/save-file.ts';
import { Section, type SectionProps } from '../section.tsx';
import { copyText } from '../copy-text.ts';
import { useSaid } from '../use-said.ts';
import {
	ICON_FILE,
	mailtoOf,
	requestFrom,
	withIconCode,
	type Missing,
	type Request,
} from './message.ts';
import './request.css';

/** eSputnik's team places the bell: the message that asks them to, made of what is in the form. */
export function RequestToEsputnik({ settings, siteUrl }: SectionProps & { siteUrl: string }) {
	const result = requestFrom(settings, siteUrl);

	return (
		<Section
			id="request"
			title={__('Request to eSputnik', 'app-inbox-for-esputnik')}
			intro={__(
				'eSputnik’s team puts the bell in its place. Send them this message: everything that they need is in it.',
				'app-inbox-for-esputnik'
			)}
		>
			{result.ok ? (
				<Message request={result.request} />
			) : (
				<FirstThings missing={result.missing} />
			)}
		</Section>
	);
}

function FirstThings({ missing }: { missing: Missing[] }) {
	return (
		<div className="app-inbox-admin__first">
			<p>{__('The message writes itself when this is done:', 'app-inbox-for-esputnik')}</p>
			<ul>
				{missing.map((what) => (
					<li key={what}>{firstThing(what)}</li>
				))}
			</ul>
		</div>
	);
}

function firstThing(what: Missing): string {
	switch (what) {
		case 'script':
			return __('Paste your script under “Script”.', 'app-inbox-for-esputnik');
		case 'selector':
			return __(
				'Choose the element that gets the bell under “Bell”, or use the block.',
				'app-inbox-for-esputnik'
			);
		case 'mended-fields':
			return __(
				'Mend the script’s id or the bell’s fields: one of them is wrong. “Save settings” shows which.',
				'app-inbox-for-esputnik'
			);
	}
}

function Message({ request }: { request: Request }) {
	const place = React.useRef<HTMLDivElement>(null);
	const { said, say, onBlur } = useSaid();
	const text = withIconCode(request);
	const mail = mailtoOf(request);

	const copy = async (done: string) => {
		const outcome = await copyText(text, place.current?.querySelector('textarea') ?? null);
		say(outcome === 'copied' ? done : selected());
	};

	return (
		<div ref={place} onBlur={onBlur}>
			<TextareaControl
				__nextHasNoMarginBottom
				className="app-inbox-admin__message"
				label={__('Message', 'app-inbox-for-esputnik')}
				readOnly
				rows={Math.min(24, text.split('\n').length + 2)}
				value={text}
				onChange={() => {}}
			/>
			<div className="app-inbox-admin__actions">
				<Button
					variant="secondary"
					__next40pxDefaultSize
					onClick={() => copy(__('Copied', 'app-inbox-for-esputnik'))}
				>
					{__('Copy', 'app-inbox-for-esputnik')}
				</Button>
				<Button
					variant="secondary"
					__next40pxDefaultSize
					href={mail.url}
					onClick={() => {
						if (!mail.complete) {
							copy(
								__(
									'The message is copied: paste it into the e-mail.',
									'app-inbox-for-esputnik'
								)
							);
						}
					}}
				>
					{__('Write an e-mail', 'app-inbox-for-esputnik')}
				</Button>
				{request.icon && (
					<Button
						variant="tertiary"
						__next40pxDefaultSize
						onClick={() => saveFile(ICON_FILE, request.icon, 'image/svg+xml')}
					>
						{__('Save the icon as a file', 'app-inbox-for-esputnik')}
					</Button>
				)}
			</div>
			<p className="app-inbox-admin__answer is-good" role="status">
				{said}
			</p>
			{request.icon && (
				<p className="app-inbox-admin__note">
					{__(
						'Save the icon and attach the file to your e-mail: this page cannot do that for you.',
						'app-inbox-for-esputnik'
					)}
				</p>
			)}
		</div>
	);
}

const selected = () =>
	__('The message is selected: press Ctrl+C, or ⌘C on a Mac.', 'app-inbox-for-esputnik');
