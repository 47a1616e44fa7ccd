import { InspectorControls, useBlockProps } from '@wordpress/block-editor';
import { registerBlockType } from '@wordpress/blocks';
import { PanelBody, RangeControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';

interface Attributes {
	/** The space that is kept for the bell, in pixels. */
	size: number;
	align?: 'left' | 'center' | 'right';
}

const BELL = (
	<svg
		xmlns="http://www.w3.org/2000/svg"
		viewBox="0 0 24 24"
		width="24"
		height="24"
		fill="none"
		stroke="currentColor"
		strokeWidth="1.6"
		strokeLinecap="round"
		strokeLinejoin="round"
		aria-hidden="true"
		focusable="false"
		// The editor fills every icon.
		style={{ fill: 'none' }}
	>
		<path d="M6 9a6 6 0 0 1 12 0c0 5 2 6.5 2 7.5H4C4 15.5 6 14 6 9Z" />
		<path d="M10 20a2.2 2.2 0 0 0 4 0" />
	</svg>
);

registerBlockType<Attributes>('app-inbox-for-esputnik/bell', {
	title: __('App Inbox bell', 'app-inbox-for-esputnik'),
	description: __(
		'The place of the bell with personal messages. Visitors who are not logged in see nothing here.',
		'app-inbox-for-esputnik'
	),
	keywords: ['esputnik', 'yespo', __('messages', 'app-inbox-for-esputnik')],
	icon: BELL,
	edit: Edit,
	save: () => null,
});

/** A bell that looks like the real one, with a caption, as wide as its place on the page or wider. */
function Edit({
	attributes: { size, align },
	setAttributes,
}: {
	attributes: Attributes;
	setAttributes: (change: Partial<Attributes>) => void;
}) {
	const props = useBlockProps({
		style: {
			display: 'flex',
			alignItems: 'center',
			justifyContent: align === 'center' ? 'center' : 'flex-start',
			gap: '8px',
			minHeight: `${size}px`,
		},
	});
	return (
		<div {...props}>
			<InspectorControls>
				<PanelBody title={__('Place', 'app-inbox-for-esputnik')}>
					<RangeControl
						__nextHasNoMarginBottom
						__next40pxDefaultSize
						label={__('Width and height', 'app-inbox-for-esputnik')}
						help={__(
							'The pixels that are kept free for the bell, so that nothing jumps when it comes.',
							'app-inbox-for-esputnik'
						)}
						min={16}
						max={120}
						value={size}
						onChange={(pixels) => setAttributes({ size: pixels ?? 44 })}
					/>
				</PanelBody>
			</InspectorControls>
			<span
				style={{
					display: 'grid',
					flex: 'none',
					placeItems: 'center',
					boxSizing: 'border-box',
					inlineSize: `${size}px`,
					blockSize: `${size}px`,
					border: '1px solid',
					borderRadius: '50%',
				}}
			>
				{BELL}
			</span>
			<span style={{ fontSize: '13px', lineHeight: 1.3, whiteSpace: 'nowrap' }}>
				{__('App Inbox bell', 'app-inbox-for-esputnik')}
			</span>
		</div>
	);
}
