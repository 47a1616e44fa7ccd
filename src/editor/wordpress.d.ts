/*
 * What the checkbox needs of packages that every WordPress brings along. Only their names stay in the
 * built script, so they are not installed.
 */
declare module '@wordpress/plugins' {
	import type { ComponentType } from 'react';

	export function registerPlugin(name: string, settings: { render: ComponentType }): void;
}

declare module '@wordpress/data' {
	interface EditorSelectors {
		getEditedPostAttribute: (name: 'meta') => Record<string, unknown> | undefined;
	}

	export function useSelect<Value>(
		ask: (select: (store: 'core/editor') => EditorSelectors) => Value,
		dependencies: unknown[]
	): Value;
	export function useDispatch(store: 'core/editor'): {
		editPost: (changes: { meta: Record<string, unknown> }) => void;
	};
}

declare module '@wordpress/editor' {
	import type { ComponentType, ReactNode } from 'react';

	/** Since WordPress 6.6. */
	export const PluginDocumentSettingPanel:
		ComponentType<{ name: string; title: string; children: ReactNode }> | undefined;
}

declare module '@wordpress/edit-post' {
	import type { ComponentType, ReactNode } from 'react';

	export const PluginDocumentSettingPanel: ComponentType<{
		name: string;
		title: string;
		children: ReactNode;
	}>;
}
