import { Spinner } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Status } from './result.ts';

/** Of a link in the list: its result, or that there is none yet. */
export type RowStatus = Status | 'running' | 'waiting';

/** The state as a word: nobody has to tell it by colour or shape. */
export function statusWord(status: RowStatus): string {
	switch (status) {
		case 'pass':
			return __('Passed', 'app-inbox-for-esputnik');
		case 'fail':
			return __('Failed', 'app-inbox-for-esputnik');
		case 'skip':
			return __('Skipped', 'app-inbox-for-esputnik');
		case 'running':
			return __('Checking…', 'app-inbox-for-esputnik');
		case 'waiting':
			return __('Waiting', 'app-inbox-for-esputnik');
	}
}

const SHAPES: Record<Exclude<RowStatus, 'running'>, string> = {
	pass: 'M6 10.5l2.75 2.75L14 7.5',
	fail: 'M7 7l6 6M13 7l-6 6',
	skip: 'M6.5 10h7',
	waiting: '',
};

/** The state as a picture, for those who skim. The word beside it says the same. */
export function StatusMark({ status }: { status: RowStatus }) {
	return (
		<span className="app-inbox-admin__check-mark" aria-hidden="true">
			{status === 'running' ? (
				<Spinner />
			) : (
				<svg viewBox="0 0 20 20" width="20" height="20" focusable="false">
					<circle cx="10" cy="10" r="9" />
					<path d={SHAPES[status]} />
				</svg>
			)}
		</span>
	);
}
