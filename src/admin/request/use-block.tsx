import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../../settings/index.ts';
import { BLOCK_PLACE } from './block-place.ts';
import './request.css';

interface Props {
	placement: Settings['placement'];
	onUse: (place: typeof BLOCK_PLACE) => void;
}

/** Fills in the block's place, so that nobody has to know its selector. */
export function UseBlock({ placement, onUse }: Props) {
	const used =
		placement.selector.trim() === BLOCK_PLACE.selector &&
		placement.position === BLOCK_PLACE.position;
	return (
		<div className="app-inbox-admin__use-block">
			<p className="app-inbox-admin__note" role="status">
				{used
					? __('The bell goes into the block.', 'app-inbox-for-esputnik')
					: __(
							'The easiest place: put the block “App Inbox bell” or the shortcode [app_inbox_bell] into your header, a menu or a widget.',
							'app-inbox-for-esputnik'
						)}
			</p>
			<Button variant="secondary" __next40pxDefaultSize onClick={() => onUse(BLOCK_PLACE)}>
				{__('I use the block', 'app-inbox-for-esputnik')}
			</Button>
		</div>
	);
}
