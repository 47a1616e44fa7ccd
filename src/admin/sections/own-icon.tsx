import { Button, DropZone, FormFileUpload, TextareaControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { CODE, FIELD, help, invalid } from '../field.tsx';
import type { IconResult } from '../sanitize-icon.ts';

interface Props {
	/** Closed, it still takes a file that is dropped on the field around it. */
	isOpen: boolean;
	value: string;
	result: IconResult;
	error: string | undefined;
	onChange: (icon: string) => void;
}

/** Far more than an icon can be, and little enough to read at once. */
const MAX_FILE_BYTES = 500_000;

/** An SVG of the owner's, pasted, chosen or dropped. */
export function OwnIcon({ isOpen, value, result, error, onChange }: Props) {
	const [fileProblem, setFileProblem] = React.useState('');
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
		<div className={`${FIELD} app-inbox-admin__own-icon`}>
			{isOpen && (
				<>
					<TextareaControl
						{...CODE}
						{...invalid(problem)}
						__nextHasNoMarginBottom
						className="app-inbox-admin__code"
						rows={4}
						label={__('Picture (SVG)', 'app-inbox-for-esputnik')}
						help={help(
							__(
								'Choose an SVG file, drop one here, or paste its code.',
								'app-inbox-for-esputnik'
							),
							problem
						)}
						value={value}
						onChange={type}
					/>
					<FormFileUpload
						accept=".svg,image/svg+xml"
						onChange={({ currentTarget }) => {
							take(currentTarget.files?.[0]);
							currentTarget.value = ''; // The same file may be chosen again.
						}}
						render={({ openFileDialog }) => (
							<Button
								variant="secondary"
								__next40pxDefaultSize
								onClick={openFileDialog}
							>
								{__('Choose a file', 'app-inbox-for-esputnik')}
							</Button>
						)}
					/>
				</>
			)}
			<p role="status" className="app-inbox-admin__answer">
				{!isOpen && fileProblem}
				{isOpen &&
					result.ok &&
					result.removed.length > 0 &&
					removedSentence(result.removed)}
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
