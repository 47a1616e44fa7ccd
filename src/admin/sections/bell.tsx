import * as React from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../../settings/index.ts';
import { SelectorField } from '../picker/selector-field.tsx';
import { UseBlock } from '../request/index.ts';
import { Locked } from '../locked.tsx';
import type { PageData } from '../page-data.ts';
import { Section, type SectionProps } from '../section.tsx';
import { IconField } from './icon-field.tsx';
import { PositionField } from './position-field.tsx';

/** Where the bell sits and how it looks. */
export function Bell({ settings, errors, change, data }: SectionProps & { data: PageData }) {
	const { placement } = settings;
	const place = (part: Partial<Settings['placement']>) =>
		change({ placement: { ...placement, ...part } });
	return (
		<Section
			id="bell"
			title={__('Bell', 'app-inbox-for-esputnik')}
			intro={__(
				'eSputnik’s team puts the bell on your site. Choose its place and its picture here and send them these values.',
				'app-inbox-for-esputnik'
			)}
		>
			<UseBlock placement={placement} onUse={place} />
			<Locked path="placement.selector">
				<SelectorField
					data={data}
					placement={placement}
					error={errors['placement.selector']}
					onChange={place}
				/>
			</Locked>
			<Locked path="placement.position">
				<PositionField
					value={placement.position}
					error={errors['placement.position']}
					onChange={(position) => place({ position })}
				/>
			</Locked>
			<Locked path="placement.icon">
				<IconField
					value={placement.icon}
					error={errors['placement.icon']}
					onChange={(icon) => place({ icon })}
				/>
			</Locked>
		</Section>
	);
}
