import { Button } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { saveFile } from '../../gtm/save-file.ts';
import type { PageData } from '../page-data.ts';
import { loadFolder } from './load-folder.ts';

interface DownloadProps {
	runtime: string;
	data: PageData;
}

/** The folder of the token function for a runtime, to save as a zip. */
export function Download({ runtime, data }: DownloadProps) {
	const [said, setSaid] = React.useState('');
	const loading = __('Loading…', 'app-inbox-for-esputnik');
	const failed = __(
		'The folder could not be loaded. Check your internet connection and try again; if the plugin has just been updated, reload the page.',
		'app-inbox-for-esputnik'
	);
	const isBusy = said === loading;
	const download = async () => {
		if (isBusy) {
			return;
		}
		setSaid(loading);
		try {
			const name = `${runtime}.zip`;
			saveFile(name, await loadFolder(runtime, data), 'application/zip');
			setSaid(
				sprintf(
					/* translators: %s: a file's name. */
					__('Your browser saves %s.', 'app-inbox-for-esputnik'),
					name
				)
			);
		} catch {
			setSaid(failed);
		}
	};
	return (
		<>
			<Button
				variant="secondary"
				className="app-inbox-admin__where-download"
				isBusy={isBusy}
				aria-disabled={isBusy}
				onClick={download}
			>
				{said === failed
					? __('Try again', 'app-inbox-for-esputnik')
					: __('Download the folder', 'app-inbox-for-esputnik')}
			</Button>
			<p role="status">{said}</p>
		</>
	);
}
