import { Button, DropZone, FormFileUpload, TextareaControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { CODE, FIELD, focusControlOf, help, invalid } from '../field.tsx';
import { sanitizeIcon } from '../sanitize-icon.ts';

interface Props {
	value: string;
	error: string | undefined;
	onChange: (icon: string) => void;
}

/** Far more than an icon can be, and little enough to read at once. */
const MAX_FILE_BYTES = 500_000;

/** An SVG, pasted, chosen or dropped; what is shown of it is what will be stored. */
export function IconField({ value, error, onChange }: Props) {
	const [fileProblem, setFileProblem] = React.useState('');
	const result = React.useMemo(() => sanitizeIcon(value), [value]);
	const problem = error ?? (fileProblem || (result.ok ? undefined : result.message));

	const type = (icon: string) => {
		setFileProblem('');
		onChange(icon);
	};
	const take = async (file: File | undefined) => {
		if (!file) {
			return;
		}
		if (!/\.svg$/i.test(file.name) || file.size > MAX_FILE_BYTES) {
			setFileProblem(notAnIcon());
			return;
		}
		try {
			type(await file.text());
		} catch {
			setFileProblem(notReadable());
		}
	};

	return (
		<div className={`${FIELD} app-inbox-admin__icon`}>
			<TextareaControl
				{...CODE}
				{...invalid(problem)}
				__nextHasNoMarginBottom
				className="app-inbox-admin__code"
				rows={4}
				label={__('Picture (SVG)', 'app-inbox-for-esputnik')}
				help={help(
					__(
						'Optional. Choose an SVG file, drop one here, or paste its code.',
						'app-inbox-for-esputnik'
					),
					problem
				)}
				value={value}
				onChange={type}
			/>
			<div className="app-inbox-admin__icon-actions">
				<FormFileUpload
					accept=".svg,image/svg+xml"
					onChange={({ currentTarget }) => {
						take(currentTarget.files?.[0]);
						currentTarget.value = ''; // The same file may be chosen again.
					}}
					render={({ openFileDialog }) => (
						<Button variant="secondary" __next40pxDefaultSize onClick={openFileDialog}>
							{__('Choose a file', 'app-inbox-for-esputnik')}
						</Button>
					)}
				/>
				{value !== '' && (
					<Button
						variant="tertiary"
						__next40pxDefaultSize
						onClick={({ currentTarget }: { currentTarget: Element }) => {
							focusControlOf(currentTarget);
							type('');
						}}
					>
						{__('Remove the picture', 'app-inbox-for-esputnik')}
					</Button>
				)}
			</div>
			{result.ok && result.svg !== '' && <Preview svg={result.svg} />}
			<p role="status" className="app-inbox-admin__answer">
				{result.ok && result.removed.length > 0 && removedSentence(result.removed)}
			</p>
			<DropZone
				label={__('Drop the SVG file here', 'app-inbox-for-esputnik')}
				onFilesDrop={([file]) => {
					take(file);
				}}
			/>
		</div>
	);
}

/** As images, which run nothing and share no style with this page. */
function Preview({ svg }: { svg: string }) {
	return (
		<div className="app-inbox-admin__previews">
			<figure className="app-inbox-admin__preview is-light">
				<img src={asImage(svg, '#1e1e1e')} alt="" width="32" height="32" />
				<figcaption>{__('On a light page', 'app-inbox-for-esputnik')}</figcaption>
			</figure>
			<figure className="app-inbox-admin__preview is-dark">
				<img src={asImage(svg, '#ffffff')} alt="" width="32" height="32" />
				<figcaption>{__('On a dark page', 'app-inbox-for-esputnik')}</figcaption>
			</figure>
		</div>
	);
}

/** The text colour is what `currentColor` in the picture becomes. */
const asImage = (svg: string, textColor: string) =>
	`data:image/svg+xml,${encodeURIComponent(
		svg.replace(/^<svg/, `<svg style="color:${textColor}"`)
	)}`;

const notAnIcon = () =>
	__(
		'This file is not an SVG picture, or is too large for a bell. Choose a file whose name ends with .svg.',
		'app-inbox-for-esputnik'
	);

const notReadable = () =>
	__(
		'The file could not be read. Look whether it is still there and choose it again.',
		'app-inbox-for-esputnik'
	);

const removedSentence = (removed: string[]) =>
	sprintf(
		/* translators: %s: names of parts of an SVG, such as "script, onclick". */
		__(
			'Left out, because it could run or load something on your pages: %s.',
			'app-inbox-for-esputnik'
		),
		removed.join(', ')
	);
