import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { Settings } from '../../settings/index.ts';
import type { PageData } from '../page-data.ts';
import { Section } from '../section.tsx';
import { isUnsaved, type ReadyState } from '../state.ts';
import type { SettingsForm } from '../use-settings.ts';
import { browserContext } from './browser.ts';
import { KeepSnippet } from './keep-snippet.tsx';
import { lastSentence, rememberCheck, type LastCheck } from './last-check.ts';
import { CHECKS, titleOf, type CheckId, type Result } from './result.ts';
import { runChecks } from './run.ts';
import { StatusMark, statusWord, type RowStatus } from './status-mark.tsx';
import './check.css';

/** A check that runs, or has run, on this page. */
interface Checking {
	settings: Settings;
	results: Result[];
	done: boolean;
	/** Whether the site's own snippet was kept just before, by one press. */
	kept: boolean;
}

interface CheckPanelProps {
	state: ReadyState;
	data: PageData;
	last: LastCheck | null;
	saveOnly: SettingsForm['saveOnly'];
	onChecked: (check: LastCheck) => void;
}

/** One button that tries every link of the chain, and says how to mend what is broken. */
export function CheckPanel({ state, data, last, saveOnly, onChecked }: CheckPanelProps) {
	const { saved } = state;
	const [checking, setChecking] = React.useState<Checking | null>(null);
	const running = checking?.done === false;
	const start = React.useRef<HTMLButtonElement>(null);

	const check = async (settings: Settings, kept = false) => {
		if (running) {
			return;
		}
		let now: Checking = { settings, results: [], done: false, kept };
		setChecking(now);
		const results = await runChecks(browserContext(settings, data), (result) => {
			now = { ...now, results: [...now.results, result] };
			setChecking(now);
		});
		setChecking({ ...now, done: true });
		const finished = { at: Date.now(), failed: failedOf(results).map(({ id }) => id) };
		rememberCheck(finished);
		onChecked(finished);
	};

	const keepSnippet = async (pressed: HTMLElement) => {
		const answer = await saveOnly({ script: 'site' });
		if (!answer.ok) {
			return answer.problem;
		}
		// The pressed button goes away with the results.
		if (pressed.ownerDocument.activeElement === pressed) {
			start.current?.focus();
		}
		check(answer.settings, true);
		return null;
	};
	const offer = checking?.done && saved.script === 'ours' && (
		<KeepSnippet saving={state.save.status === 'saving'} onKeep={keepSnippet} />
	);

	return (
		<Section
			id="go-live"
			title={__('Go live', 'app-inbox-for-esputnik')}
			intro={__(
				'One press tries every link between your site and eSputnik, and says how to mend what is broken.',
				'app-inbox-for-esputnik'
			)}
		>
			<div>
				<div className="app-inbox-admin__check-start">
					{/* It stays focusable while it runs: a disabled button would lose the keyboard's place. */}
					<Button
						ref={start}
						variant="secondary"
						__next40pxDefaultSize
						isBusy={running}
						aria-disabled={running}
						onClick={() => check(saved)}
					>
						{__('Check everything', 'app-inbox-for-esputnik')}
					</Button>
					<p className="app-inbox-admin__check-last">
						{!checking && last && lastSentence(last)}
					</p>
				</div>
				{isUnsaved(state) && (
					<p className="app-inbox-admin__check-note">
						{__(
							'You have unsaved changes. The check tries what is saved.',
							'app-inbox-for-esputnik'
						)}
					</p>
				)}
				<p
					role="status"
					aria-live="polite"
					className={`app-inbox-admin__check-summary ${checking ? summaryClass(checking) : ''}`}
				>
					{checking && <Summary {...checking} />}
				</p>
				{checking?.done && checking.settings !== saved && (
					<p className="app-inbox-admin__check-note">
						{__(
							'The settings have changed since this check. Check again.',
							'app-inbox-for-esputnik'
						)}
					</p>
				)}
				{checking && <Rows {...checking} offer={offer} />}
			</div>
		</Section>
	);
}

function Rows({ results, done, offer }: Checking & { offer: ReactNode }) {
	return (
		// eslint-disable-next-line jsx-a11y/no-redundant-roles -- Safari forgets it where a list has no marks.
		<ol
			role="list"
			className="app-inbox-admin__checks"
			aria-label={__('Results', 'app-inbox-for-esputnik')}
			aria-busy={!done}
		>
			{CHECKS.map((id, index) => (
				<Row
					key={id}
					id={id}
					result={results[index]}
					waiting={index === results.length ? 'running' : 'waiting'}
					offer={results[index]?.offer && offer}
				/>
			))}
		</ol>
	);
}

interface RowProps {
	id: CheckId;
	result: Result | undefined;
	/** As long as there is no result. */
	waiting: RowStatus;
	/** What one press would mend. */
	offer: ReactNode;
}

function Row({ id, result, waiting, offer }: RowProps) {
	const status = result?.status ?? waiting;
	return (
		<li className={`app-inbox-admin__check is-${status}`} data-check={id}>
			<StatusMark status={status} />
			<div className="app-inbox-admin__check-text">
				<p className="app-inbox-admin__check-head">
					<strong>{titleOf(id)}</strong>{' '}
					<span className="app-inbox-admin__check-word">{statusWord(status)}</span>
				</p>
				{result && <p>{result.message}</p>}
				{result?.advice && <p className="app-inbox-admin__check-advice">{result.advice}</p>}
				{offer}
			</div>
		</li>
	);
}

const failedOf = (results: Result[]) => results.filter(({ status }) => status === 'fail');

function summaryClass({ results, done }: Checking): string {
	if (failedOf(results).length > 0) {
		return 'is-bad';
	}
	return done ? 'is-good' : '';
}

/** Read out when it changes: at the start and at the end, and not at each link in between. */
function Summary({ results, done, kept }: Checking) {
	const what = kept && (
		<>
			<span className="app-inbox-admin__check-kept">
				{__(
					'Saved: your site’s own snippet stays, and App Inbox joins it.',
					'app-inbox-for-esputnik'
				)}
			</span>{' '}
		</>
	);
	if (!done) {
		return (
			<>
				{what}
				<strong>{__('Checking…', 'app-inbox-for-esputnik')}</strong>
			</>
		);
	}
	const failed = failedOf(results);
	const skipped = results.filter(({ status }) => status === 'skip').length;
	return (
		<>
			{what}
			<strong>{outcome(failed, skipped)}</strong>{' '}
			<span>
				{sprintf(
					/* translators: %1$d, %2$d and %3$d: numbers of checks. */
					__('Passed: %1$d. Failed: %2$d. Skipped: %3$d.', 'app-inbox-for-esputnik'),
					results.length - failed.length - skipped,
					failed.length,
					skipped
				)}
			</span>
		</>
	);
}

function outcome(failed: Result[], skipped: number): string {
	if (failed.length > 0) {
		return sprintf(
			/* translators: %s: names of checks, with commas. */
			__('To mend: %s.', 'app-inbox-for-esputnik'),
			failed.map(({ title }) => title).join(', ')
		);
	}
	return skipped > 0
		? __('Nothing is broken.', 'app-inbox-for-esputnik')
		: __('Everything works.', 'app-inbox-for-esputnik');
}
