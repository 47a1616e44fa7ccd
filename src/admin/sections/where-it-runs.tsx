import { Button, SelectControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { CONTROL } from '../field.tsx';
import { copyText } from '../copy-text.ts';
import { Download } from '../folder/download.tsx';
import type { PageData } from '../page-data.ts';
import { useSaid } from '../use-said.ts';
import { placeName, PLACES, stepsOf, type Place } from './set-up-steps.ts';

/** What to download and to copy where, for each place in which the token function can run. */
export function WhereItRuns({ data }: { data: PageData }) {
	const [place, setPlace] = React.useState<Place>('nginx');
	return (
		<div className="app-inbox-admin__where">
			<SelectControl
				{...CONTROL}
				label={__('Where will it run?', 'app-inbox-for-esputnik')}
				value={place}
				options={PLACES.map((value) => ({ value, label: placeName(value) }))}
				onChange={(value) => setPlace(value as Place)}
			/>
			<ol className="app-inbox-admin__where-steps">
				{stepsOf(place, data.siteUrl).map(({ text, download, code, label }) => (
					<li key={text}>
						<p>{text}</p>
						{download && <Download key={download} runtime={download} data={data} />}
						{code && <Code code={code} label={label ?? text} />}
					</li>
				))}
			</ol>
		</div>
	);
}

function Code({ code, label }: { code: string; label: string }) {
	const field = React.useRef<HTMLTextAreaElement>(null);
	const { said, say, onBlur } = useSaid();
	const copy = async () => {
		const outcome = await copyText(code, field.current);
		say(
			outcome === 'copied'
				? __('Copied', 'app-inbox-for-esputnik')
				: __(
						'The lines are selected: press Ctrl+C, or ⌘C on a Mac.',
						'app-inbox-for-esputnik'
					)
		);
	};
	return (
		<div className="app-inbox-admin__where-code" onBlur={onBlur}>
			<textarea
				ref={field}
				readOnly
				dir="ltr"
				spellCheck={false}
				rows={code.split('\n').length}
				aria-label={label}
				value={code}
			/>
			<Button
				variant="secondary"
				onClick={copy}
				aria-label={sprintf(
					/* translators: %s: what is copied. */
					__('Copy: %s', 'app-inbox-for-esputnik'),
					label
				)}
			>
				{__('Copy', 'app-inbox-for-esputnik')}
			</Button>
			<span role="status">{said}</span>
		</div>
	);
}
