import {
	Button,
	SelectControl,
	TextareaControl,
	TextControl,
	ToggleControl,
} from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { parseSnippet, SCRIPT_HOSTS, type Settings } from '../../settings/index.ts';
import { description } from '../description.ts';
import { CODE, CONTROL, FieldGroup, help, invalid } from '../field.tsx';
import { Locked } from '../locked.tsx';
import { Section, type SectionProps } from '../section.tsx';
import { flagsSwitchedOn, snippetAnswer } from '../snippet-answer.ts';
import { WhoLoads } from './who-loads.tsx';

/** Which eSputnik account, and what its script does. */
export function Script({ settings, errors, change }: SectionProps) {
	// The id's own fields appear once there is an id, and then stay, also while it is being retyped.
	const [hasScript, setHasScript] = React.useState(settings.scriptId !== '');
	const [hadScript] = React.useState(hasScript);
	const [pasting, setPasting] = React.useState(!hasScript);
	const [pasted, setPasted] = React.useState('');
	const [result, setResult] = React.useState(() => parseSnippet(''));

	// An id also comes out of an imported file.
	React.useEffect(() => {
		if (settings.scriptId !== '') {
			setHasScript(true);
		}
	}, [settings.scriptId]);

	const paste = (text: string) => {
		const found = parseSnippet(text);
		setResult(found);
		// A key is not shown either, as long as somebody may look over a shoulder.
		setPasted(!found.found && found.reason === 'api-key' ? '' : text);
		if (found.found) {
			change({
				scriptId: found.scriptId,
				scriptHost: found.scriptHost,
				features: { ...settings.features, ...flagsSwitchedOn(found) },
			});
		}
	};

	return (
		<Section
			id="script"
			title={__('Script', 'app-inbox-for-esputnik')}
			intro={__(
				'eSputnik’s script shows the inbox. Your pages need it once: App Inbox adds it for you, or joins a snippet that your site has already.',
				'app-inbox-for-esputnik'
			)}
		>
			{pasting && (
				<Locked path="scriptId">
					<TextareaControl
						{...CODE}
						__nextHasNoMarginBottom
						className="app-inbox-admin__code"
						rows={4}
						label={__('Paste your snippet', 'app-inbox-for-esputnik')}
						help={__(
							'Copy it from eSputnik, Settings → Web tracking. The address of the script or its id alone will do as well.',
							'app-inbox-for-esputnik'
						)}
						value={pasted}
						onChange={paste}
						// eslint-disable-next-line jsx-a11y/no-autofocus -- Its button has just gone.
						autoFocus={hadScript}
					/>
					<p
						role="status"
						className={`app-inbox-admin__answer ${result.found ? 'is-good' : 'is-bad'}`}
					>
						{(result.found || result.reason !== 'empty') &&
							snippetAnswer(result, pasted, settings)}
					</p>
				</Locked>
			)}
			{hasScript && (
				<div className="app-inbox-admin__row">
					<Locked path="scriptId">
						<TextControl
							{...CONTROL}
							{...CODE}
							{...invalid(errors.scriptId)}
							className="app-inbox-admin__code"
							label={__('Script id', 'app-inbox-for-esputnik')}
							help={help(null, errors.scriptId)}
							value={settings.scriptId}
							onChange={(scriptId) => change({ scriptId })}
						/>
					</Locked>
					<Locked path="scriptHost">
						<SelectControl
							{...CONTROL}
							{...invalid(errors.scriptHost)}
							label={__('Loaded from', 'app-inbox-for-esputnik')}
							help={help(null, errors.scriptHost)}
							value={settings.scriptHost}
							options={SCRIPT_HOSTS.map((host) => ({ value: host, label: host }))}
							onChange={(scriptHost) => change({ scriptHost })}
						/>
					</Locked>
				</div>
			)}
			{!pasting && (
				<Button variant="link" onClick={() => setPasting(true)}>
					{__('Paste another snippet', 'app-inbox-for-esputnik')}
				</Button>
			)}
			<Locked path="script">
				<WhoLoads
					value={settings.script}
					error={errors.script}
					onChange={(script) => change({ script })}
				/>
			</Locked>
			<FieldGroup legend={__('What it does on your site', 'app-inbox-for-esputnik')}>
				{FEATURES.map((name) => (
					<Locked key={name} path={`features.${name}`}>
						<ToggleControl
							__nextHasNoMarginBottom
							label={<FeatureLabel text={description(`features.${name}`)} />}
							checked={settings.features[name]}
							onChange={(on) =>
								change({ features: { ...settings.features, [name]: on } })
							}
						/>
					</Locked>
				))}
			</FieldGroup>
		</Section>
	);
}

const FEATURES = [
	'appInbox',
	'recommendations',
	'tracking',
] as const satisfies readonly (keyof Settings['features'])[];

/** The schema says “Name: what it does”; the name stands out. */
function FeatureLabel({ text }: { text: string }) {
	const [, name, rest] = /^([^:]{1,40}:)(.*)$/s.exec(text) ?? [null, '', text];
	return (
		<span>
			<strong>{name}</strong>
			{rest}
		</span>
	);
}
