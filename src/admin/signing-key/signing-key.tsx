import apiFetch from '@wordpress/api-fetch';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { AskFirst } from '../ask-first.tsx';
import { Section } from '../section.tsx';

const ROUTE = '/app-inbox-for-esputnik/v1/signing-key';

/** Renewing the key that WordPress signs visitors' identities with. */
export function SigningKey() {
	const [outcome, setOutcome] = React.useState('');
	const renew = async () => {
		setOutcome(__('Renewing the key…', 'app-inbox-for-esputnik'));
		try {
			await apiFetch({ path: ROUTE, method: 'POST' });
			setOutcome(
				__('The key is renewed. Open pages stay as they are.', 'app-inbox-for-esputnik')
			);
		} catch (thrown) {
			setOutcome(
				sprintf(
					/* translators: %s: WordPress's own words. */
					__(
						'The key is still the old one. Reload the page and try again. WordPress says: “%s”',
						'app-inbox-for-esputnik'
					),
					String(Object(thrown).message)
				)
			);
		}
	};
	return (
		<Section
			id="signing-key"
			title={__('Signing key', 'app-inbox-for-esputnik')}
			intro={__(
				'WordPress signs who a visitor is, and the token function believes nothing else. Renew the key for it if a stranger may have seen your database.',
				'app-inbox-for-esputnik'
			)}
		>
			<div>
				<AskFirst
					label={__('Renew the signing key', 'app-inbox-for-esputnik')}
					question={__(
						'Renew the signing key? The old one stays good for 16 minutes, so that no open page notices. Only if your token function has IDENTITY_KEYS, give it the new keys at once.',
						'app-inbox-for-esputnik'
					)}
					yes={__('Renew', 'app-inbox-for-esputnik')}
					no={__('Keep the key', 'app-inbox-for-esputnik')}
					onYes={renew}
				/>
				<p role="status">{outcome}</p>
			</div>
		</Section>
	);
}
