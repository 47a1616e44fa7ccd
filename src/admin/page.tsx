import { Button, Notice, Spinner } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Backup } from './backup/index.ts';
import { lastCheck, type LastCheck } from './check/last-check.ts';
import { CheckPanel } from './check/panel.tsx';
import { problemSentence, type Problem } from './errors.ts';
import { Locks } from './locked.tsx';
import { Overview } from './overview.tsx';
import type { PageData } from './page-data.ts';
import { RequestToEsputnik } from './request/index.ts';
import { SaveBar } from './save-bar.tsx';
import { Bell } from './sections/bell.tsx';
import { Script } from './sections/script.tsx';
import { TokenFunction } from './sections/token-function.tsx';
import { Visitors } from './sections/visitors.tsx';
import type { ReadyState } from './state.ts';
import { TagManager } from './tag-manager/index.ts';
import { showSigningKey } from './signing-key/place.ts';
import { useSettings, type SettingsForm } from './use-settings.ts';

/** The settings page: its head, and below it the form or the reason why there is none. */
export function Page({ data, locale }: { data: PageData | null; locale: string }) {
	return (
		<div className="app-inbox-admin">
			<div className="app-inbox-admin__head">
				<h1>{__('App Inbox for eSputnik', 'app-inbox-for-esputnik')}</h1>
				<p>
					{__(
						'Show a bell with personal messages to the visitors who are logged in.',
						'app-inbox-for-esputnik'
					)}
				</p>
			</div>
			{data ? <Content data={data} locale={locale} /> : <MissingData />}
			{data && (
				<p className="app-inbox-admin__foot">
					{sprintf(
						/* translators: %s: the plugin's version number. */
						__('Version %s', 'app-inbox-for-esputnik'),
						data.version
					)}
				</p>
			)}
		</div>
	);
}

function MissingData() {
	return (
		<Notice status="error" isDismissible={false}>
			{__(
				'A part of this page is missing, so the settings cannot be shown. Reload the page; if that does not help, a plugin that combines or delays scripts may be at work in your admin area: switch it off there.',
				'app-inbox-for-esputnik'
			)}
		</Notice>
	);
}

function Content({ data, locale }: { data: PageData; locale: string }) {
	const place = React.useRef<HTMLDivElement>(null);
	const form = useSettings();
	const retry = () => {
		place.current?.focus(); // The pressed button goes away.
		form.load();
	};
	return (
		<div ref={place} tabIndex={-1} className="app-inbox-admin__content">
			{form.state.phase === 'loading' && (
				<div className="app-inbox-admin__loading" role="status">
					<Spinner />
					{__('Loading the settings…', 'app-inbox-for-esputnik')}
				</div>
			)}
			{form.state.phase === 'load-failed' && (
				<LoadFailure problem={form.state.problem} onRetry={retry} />
			)}
			{form.state.phase === 'ready' && (
				<Locks.Provider value={data.locks}>
					<Form state={form.state} form={form} data={data} locale={locale} />
				</Locks.Provider>
			)}
		</div>
	);
}

function LoadFailure({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
	return (
		<Notice status="error" isDismissible={false} className="app-inbox-admin__failure">
			<p>
				<strong>{__('The settings could not be loaded.', 'app-inbox-for-esputnik')}</strong>{' '}
				{problemSentence(problem)}
			</p>
			<Button variant="secondary" __next40pxDefaultSize onClick={onRetry}>
				{__('Try again', 'app-inbox-for-esputnik')}
			</Button>
		</Notice>
	);
}

interface FormProps {
	state: ReadyState;
	form: SettingsForm;
	data: PageData;
	locale: string;
}

function Form({ state, form, data, locale }: FormProps) {
	const element = React.useRef<HTMLFormElement>(null);
	useFocusOnFirstError(element, state);
	const [last, setLast] = React.useState<LastCheck | null>(lastCheck);
	const section = { settings: state.draft, errors: state.errors, change: form.change };
	return (
		<form
			ref={element}
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				form.save();
			}}
		>
			<Overview state={state} last={last} />
			{!state.complete && (
				<Notice status="warning" isDismissible={false}>
					{__(
						'Some of the stored settings were damaged, so the defaults are shown in their place. Look through them and save.',
						'app-inbox-for-esputnik'
					)}
				</Notice>
			)}
			<Script {...section} />
			<TokenFunction {...section} data={data} />
			<Bell {...section} data={data} />
			<RequestToEsputnik {...section} siteUrl={data.siteUrl} />
			<Visitors {...section} roles={data.roles} locale={locale} />
			<CheckPanel
				state={state}
				data={data}
				last={last}
				saveOnly={form.saveOnly}
				onChecked={setLast}
			/>
			<TagManager settings={state.draft} data={data} />
			<Backup {...section} version={data.version} />
			<div ref={showSigningKey} />
			<SaveBar state={state} />
		</form>
	);
}

/** After a refused save the first wrong field gets the focus; its error is its description. */
function useFocusOnFirstError(form: React.RefObject<HTMLFormElement>, { save }: ReadyState) {
	React.useEffect(() => {
		if (save.status === 'failed' && save.problem.kind === 'invalid') {
			form.current
				?.querySelector<HTMLElement>(
					'[aria-invalid="true"]:is(input, textarea, select), [aria-invalid="true"] input'
				)
				?.focus();
		}
	}, [form, save]);
}
