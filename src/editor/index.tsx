import { CheckboxControl } from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import * as editPost from '@wordpress/edit-post';
import * as editor from '@wordpress/editor';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { registerPlugin } from '@wordpress/plugins';

/** The post meta of a page that an editor keeps free. */
const HIDE_META = '_app_inbox_for_esputnik_hide';

// Since WordPress 6.6 it is in another package, and the old one complains.
const Panel = editor.PluginDocumentSettingPanel ?? editPost.PluginDocumentSettingPanel;

/** A checkbox in the document's sidebar. */
function HideSetting() {
	const { editPost: edit } = useDispatch('core/editor');
	const meta = useSelect((select) => select('core/editor').getEditedPostAttribute('meta'), []);
	// The editor is open for something that has no such meta, as a template has none.
	if (!meta || !(HIDE_META in meta)) {
		return null;
	}
	return (
		<Panel name="app-inbox" title={__('App Inbox', 'app-inbox-for-esputnik')}>
			<CheckboxControl
				__nextHasNoMarginBottom
				label={__('No App Inbox on this page', 'app-inbox-for-esputnik')}
				help={__('The page then loads nothing of eSputnik’s.', 'app-inbox-for-esputnik')}
				checked={Boolean(meta[HIDE_META])}
				// Null takes the meta away: what is as usual needs no row in the database.
				onChange={(hidden) => edit({ meta: { [HIDE_META]: hidden || null } })}
			/>
		</Panel>
	);
}

registerPlugin('app-inbox-for-esputnik', { render: HideSetting });
