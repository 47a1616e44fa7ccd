import { Button, Spinner } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ComponentType } from 'react';
import { notLoaded } from '../load-script.ts';
import { Section } from '../section.tsx';
import type { GuideProps } from './guide.tsx';
import { loadGuide } from './load-guide.ts';
import './tag-manager.css';

/** The way for pages that WordPress does not make. What explains it is loaded when it is asked for. */
export function TagManager(props: GuideProps) {
	const place = React.useRef<HTMLDivElement>(null);
	const [open, setOpen] = React.useState(false);
	const [failed, setFailed] = React.useState(false);
	const [guide, setGuide] = React.useState<{ Guide: ComponentType<GuideProps> } | null>(null);
	const load = () => {
		setFailed(false);
		loadGuide(props.data).then(setGuide, () => setFailed(true));
	};
	const toggle = () => {
		setOpen(!open);
		if (!open && !guide) {
			load();
		}
	};
	const retry = () => {
		place.current?.focus(); // The pressed button goes away.
		load();
	};
	return (
		<Section
			id="tag-manager"
			title="Google Tag Manager"
			intro={__(
				'Tag Manager can bring the bell to pages that WordPress does not make. This site does not need it.',
				'app-inbox-for-esputnik'
			)}
		>
			<div>
				<Button variant="link" aria-expanded={open} onClick={toggle}>
					{__('Use Tag Manager instead', 'app-inbox-for-esputnik')}
				</Button>
				<div
					ref={place}
					tabIndex={-1}
					className="app-inbox-admin__tag-manager"
					hidden={!open}
				>
					{guide ? (
						<guide.Guide {...props} />
					) : (
						<>
							<p role="status">
								{failed ? (
									notLoaded()
								) : (
									<>
										<Spinner />
										{__('Loading…', 'app-inbox-for-esputnik')}
									</>
								)}
							</p>
							{failed && (
								<Button variant="secondary" __next40pxDefaultSize onClick={retry}>
									{__('Try again', 'app-inbox-for-esputnik')}
								</Button>
							)}
						</>
					)}
				</div>
			</div>
		</Section>
	);
}
