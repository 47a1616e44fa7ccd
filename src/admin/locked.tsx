import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

/** The paths of the settings that wp-config.php sets. */
export const Locks = React.createContext<string[]>([]);

/** The controls of one setting: out of use, with the reason, where wp-config.php sets it. */
export function Locked({ path, children }: { path: string; children: ReactNode }) {
	return React.useContext(Locks).includes(path) ? (
		<fieldset disabled className="app-inbox-admin__locked">
			<legend>
				{__(
					'Set in wp-config.php, so it cannot be changed here.',
					'app-inbox-for-esputnik'
				)}
			</legend>
			{children}
		</fieldset>
	) : (
		children
	);
}
