import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { lastSentence, type LastCheck } from './check/last-check.ts';
import type { ReadyState } from './state.ts';
import { STEPS, stepState, type StepId, type StepState } from './steps.ts';

/** How things stand: whether the inbox is live, when that was checked, and how far each step is. */
export function Overview({ state, last }: { state: ReadyState; last: LastCheck | null }) {
	const states = STEPS.map((id) => ({
		id,
		state: stepState(id, state.saved, state.errors, last),
	}));
	return (
		<nav
			className="app-inbox-admin__overview"
			aria-label={__('Steps of the set-up', 'app-inbox-for-esputnik')}
		>
			<p className="app-inbox-admin__overview-head">
				<strong>{headline(state, states, last)}</strong>{' '}
				{last && <span>{lastSentence(last)}</span>}
			</p>
			<ol>
				{states.map(({ id, state: step }, index) => (
					<li key={id} className={`is-${step.replace(' ', '-')}`}>
						<a href={`#app-inbox-${id}`}>
							<span className="app-inbox-admin__step-mark" aria-hidden="true">
								{MARKS[step] || index + 1}
							</span>
							<span>
								<strong>{titleOf(id)}</strong>{' '}
								<span className="app-inbox-admin__step-word">{wordOf(step)}</span>
							</span>
						</a>
					</li>
				))}
			</ol>
		</nav>
	);
}

const MARKS: Record<StepState, string> = { done: '✓', broken: '!', 'to do': '' };

/** The front end runs with a script, a token function and the switch; the rest makes it useful. */
function headline(
	{ saved }: ReadyState,
	states: { id: StepId; state: StepState }[],
	last: LastCheck | null
): string {
	const runs = saved.scriptId !== '' && saved.endpoint !== '' && saved.features.appInbox;
	if (!runs) {
		const next = states.find(({ state }) => state !== 'done');
		return next && next.id !== 'go-live'
			? sprintf(
					/* translators: %s: the name of a step, such as “Token function”. */
					__('Not live yet. Next: %s.', 'app-inbox-for-esputnik'),
					titleOf(next.id)
				)
			: __('Not live: the App Inbox is switched off under Script.', 'app-inbox-for-esputnik');
	}
	if (states.some(({ state }) => state === 'broken')) {
		return __('Something needs your attention.', 'app-inbox-for-esputnik');
	}
	return last
		? __('Live on your site.', 'app-inbox-for-esputnik')
		: __('Switched on. Check everything once.', 'app-inbox-for-esputnik');
}

function titleOf(id: StepId): string {
	switch (id) {
		case 'script':
			return __('Script', 'app-inbox-for-esputnik');
		case 'token-function':
			return __('Token function', 'app-inbox-for-esputnik');
		case 'bell':
			return __('Bell', 'app-inbox-for-esputnik');
		case 'go-live':
			return __('Go live', 'app-inbox-for-esputnik');
	}
}

function wordOf(state: StepState): string {
	switch (state) {
		case 'done':
			return __('Done', 'app-inbox-for-esputnik');
		case 'to do':
			return __('To do', 'app-inbox-for-esputnik');
		case 'broken':
			return __('Broken', 'app-inbox-for-esputnik');
	}
}
