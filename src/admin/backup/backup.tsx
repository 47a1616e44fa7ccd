import { Button, FormFileUpload } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { defaultSettings, type Settings } from '../../settings/index.ts';
import { AskFirst } from '../ask-first.tsx';
import { saveFile } from '../../gtm/save-file.ts';
import { Section, type SectionProps } from '../section.tsx';
import { settingsToSend } from '../settings-to-send.ts';
import {
	fieldSentences,
	FILE_NAME,
	MAX_FILE_BYTES,
	readSettingsFile,
	settingsFile,
} from './settings-file.ts';
import './backup.css';

/** What became of the last press. */
type Outcome =
	| { kind: 'exported' | 'put-back' }
	/** The form was filled; `before` is what it held. */
	| { kind: 'imported' | 'reset'; before: Settings }
	| { kind: 'failed'; message: string; fields: string[] };

/** Export, import and reset. They fill the form at most: only the save button stores anything. */
export function Backup({ settings, change, version }: SectionProps & { version: string }) {
	const place = React.useRef<HTMLDivElement>(null);
	const [outcome, setOutcome] = React.useState<Outcome | null>(null);
	const fill = (kind: 'imported' | 'reset', filling: Settings) => {
		change(filling);
		setOutcome({ kind, before: settings });
	};

	const exportSettings = () => {
		const sent = settingsToSend(settings);
		if (sent.ok) {
			saveFile(FILE_NAME, settingsFile(sent.settings, version), 'application/json');
			setOutcome({ kind: 'exported' });
		} else {
			setOutcome({
				kind: 'failed',
				message: __(
					'Not exported, because some fields are wrong. Mend them and export again.',
					'app-inbox-for-esputnik'
				),
				fields: fieldSentences(sent.errors),
			});
		}
	};

	const importSettings = async (file: File) => {
		const text = await textOf(file);
		const result = readSettingsFile(text, version);
		if (result.ok) {
			fill('imported', result.settings);
		} else {
			setOutcome({ kind: 'failed', ...result });
		}
	};

	return (
		<Section
			id="backup"
			title={__('Backup', 'app-inbox-for-esputnik')}
			intro={__(
				'Keep the settings as a file, or take them to another site. There is no key in the file.',
				'app-inbox-for-esputnik'
			)}
		>
			<div>
				<div className="app-inbox-admin__actions is-first">
					<Button variant="secondary" __next40pxDefaultSize onClick={exportSettings}>
						{__('Export', 'app-inbox-for-esputnik')}
					</Button>
					<FormFileUpload
						accept=".json,application/json"
						onChange={({ currentTarget }) => {
							const [file] = currentTarget.files ?? [];
							if (file) {
								importSettings(file);
							}
							currentTarget.value = ''; // The same file may be chosen again.
						}}
						render={({ openFileDialog }) => (
							<Button
								variant="secondary"
								__next40pxDefaultSize
								onClick={openFileDialog}
							>
								{__('Import a file', 'app-inbox-for-esputnik')}
							</Button>
						)}
					/>
					<AskFirst
						label={__('Reset all settings', 'app-inbox-for-esputnik')}
						question={__(
							'Empty all fields of this page, as after the installation? Your site keeps its settings until you save.',
							'app-inbox-for-esputnik'
						)}
						yes={__('Reset', 'app-inbox-for-esputnik')}
						no={__('Keep everything', 'app-inbox-for-esputnik')}
						onYes={() => fill('reset', defaultSettings())}
					/>
				</div>
				<div
					ref={place}
					tabIndex={-1}
					role="status"
					className={`app-inbox-admin__outcome is-${outcome?.kind ?? 'none'}`}
				>
					{outcome && <OutcomeText outcome={outcome} />}
				</div>
				{outcome && 'before' in outcome && (
					<Button
						variant="link"
						onClick={() => {
							place.current?.focus(); // The pressed button goes away.
							change(outcome.before);
							setOutcome({ kind: 'put-back' });
						}}
					>
						{__('Put back what was in the form', 'app-inbox-for-esputnik')}
					</Button>
				)}
			</div>
		</Section>
	);
}

/** '' where there is nothing to read: too large, a folder, or gone since. */
async function textOf(file: File): Promise<string> {
	try {
		return file.size > MAX_FILE_BYTES ? '' : await file.text();
	} catch {
		return '';
	}
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
	switch (outcome.kind) {
		case 'exported':
			return <p>{__('The file is saved.', 'app-inbox-for-esputnik')}</p>;
		case 'put-back':
			return <p>{__('The form is as it was before.', 'app-inbox-for-esputnik')}</p>;
		case 'imported':
			return (
				<p>
					{__(
						'The form is filled from the file. Look through it, then save.',
						'app-inbox-for-esputnik'
					)}
				</p>
			);
		case 'reset':
			return (
				<p>
					{__(
						'The form is as after the installation. Nothing is stored until you save.',
						'app-inbox-for-esputnik'
					)}
				</p>
			);
		case 'failed':
			return (
				<>
					<p>{outcome.message}</p>
					{outcome.fields.length > 0 && (
						<ul>
							{outcome.fields.map((sentence) => (
								<li key={sentence}>{sentence}</li>
							))}
						</ul>
					)}
				</>
			);
	}
}
