import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { IDENTITY_KEY } from '../../gtm/index.ts';
import type { PageData } from '../page-data.ts';

/** Who the visitor is, which WordPress alone says by itself. */
export function OtherPages({ data }: { data: PageData }) {
	return (
		<ul>
			<li>
				{sprintf(
					/* translators: %s: a web address. */
					__(
						'Other pages at %s need nothing more: whoever is logged in to WordPress is known there too.',
						'app-inbox-for-esputnik'
					),
					data.siteUrl.replace(/^https?:\/\//, '')
				)}
			</li>
			<li>
				{__(
					'Any other site has to say who its visitor is. For each logged-in customer its server signs a JWT, a text that is valid for a quarter of an hour, and puts it into the page above the Tag Manager snippet; for a guest it puts nothing. A programmer of that site does it with this line:',
					'app-inbox-for-esputnik'
				)}
				<code dir="ltr">{`(window.dataLayer = window.dataLayer || []).push({ ${IDENTITY_KEY}: 'eyJ…' });`}</code>
			</li>
			<li>
				{sprintf(
					/* translators: 1: the name SITE_URL, 2: the name IDENTITY_SECRET. */
					__(
						'Such a site takes a token function of its own, which gets the address of that site as %1$s, and as %2$s what its server signs with. For the download, enter the address of that function above. You need not save it.',
						'app-inbox-for-esputnik'
					),
					'SITE_URL',
					'IDENTITY_SECRET'
				)}
			</li>
		</ul>
	);
}
