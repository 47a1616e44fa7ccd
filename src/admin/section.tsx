import { Card, CardBody } from '@wordpress/components';
import * as React from '@wordpress/element';
import type { ReactNode } from 'react';
import type { Settings, SettingsErrors } from '../settings/index.ts';

/** What every section of the form works on. */
export interface SectionProps {
	settings: Settings;
	errors: SettingsErrors;
	change: (change: Partial<Settings>) => void;
}

interface CardProps {
	/** Names the section for the address bar and assistive technology; unique on the page. */
	id: string;
	title: string;
	intro: string;
	children: ReactNode;
}

/** One subject of the settings, as a card. */
export function Section({ id, title, intro, children }: CardProps) {
	const titleId = `app-inbox-${id}-title`;
	return (
		<section id={`app-inbox-${id}`} aria-labelledby={titleId} className="app-inbox-admin__card">
			<Card>
				<CardBody>
					<h2 id={titleId}>{title}</h2>
					<p className="app-inbox-admin__intro">{intro}</p>
					<div className="app-inbox-admin__fields">{children}</div>
				</CardBody>
			</Card>
		</section>
	);
}
