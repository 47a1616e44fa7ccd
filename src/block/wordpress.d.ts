/*
 * What the block needs of two packages that every WordPress brings along. Only their names stay in
 * the built script, so they are not installed.
 */
declare module '@wordpress/blocks' {
	import type { ComponentType, ReactElement } from 'react';

	/** Over what block.json says; the server has told the editor that already. */
	export function registerBlockType<Attributes>(
		name: string,
		settings: {
			title: string;
			description: string;
			keywords: string[];
			icon: ReactElement;
			edit: ComponentType<{
				attributes: Attributes;
				setAttributes: (change: Partial<Attributes>) => void;
			}>;
			save: () => null;
		}
	): void;
}

declare module '@wordpress/block-editor' {
	import type { ComponentType, CSSProperties, HTMLAttributes, ReactNode } from 'react';

	/** The attributes of the block's own element in the editor. */
	export function useBlockProps(props?: {
		style?: CSSProperties;
	}): HTMLAttributes<HTMLDivElement>;

	/** What stands in the editor's sidebar while the block is selected. */
	export const InspectorControls: ComponentType<{ children: ReactNode }>;
}
