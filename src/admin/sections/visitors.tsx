import { CheckboxControl, SelectControl } from '@wordpress/components';
import * as React from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { CONSENTS, type Settings } from '../../settings/index.ts';
import { description } from '../description.ts';
import { errorOfList } from '../errors.ts';
import { CONTROL, FieldGroup, help, invalid } from '../field.tsx';
import { languageOptions } from '../languages.ts';
import { Locked } from '../locked.tsx';
import { Section, type SectionProps } from '../section.tsx';

interface Props extends SectionProps {
	roles: Record<string, string>;
	/** The admin's language, as in `<html lang>`. */
	locale: string;
}

/** In which language, with whose consent, and for whom not. */
export function Visitors({ settings, errors, change, roles, locale }: Props) {
	const languages = React.useMemo(() => languageOptions(locale), [locale]);
	return (
		<Section
			id="visitors"
			title={__('Visitors', 'app-inbox-for-esputnik')}
			intro={__(
				'Only visitors who are logged in get an inbox. The rest notice nothing.',
				'app-inbox-for-esputnik'
			)}
		>
			<Locked path="language">
				<SelectControl
					{...CONTROL}
					{...invalid(errors.language)}
					label={__('Language', 'app-inbox-for-esputnik')}
					help={help(description('language'), errors.language)}
					value={settings.language}
					options={[
						{ value: 'auto', label: __('Same as the page', 'app-inbox-for-esputnik') },
						...languages,
					]}
					onChange={(language) => change({ language })}
				/>
			</Locked>
			<Locked path="consent">
				<SelectControl
					{...CONTROL}
					{...invalid(errors.consent)}
					label={__('Consent', 'app-inbox-for-esputnik')}
					help={help(description('consent'), errors.consent)}
					value={settings.consent}
					options={CONSENTS.map((value) => ({ value, label: consentLabel(value) }))}
					onChange={(consent) => change({ consent })}
				/>
			</Locked>
			<Locked path="excludedRoles">
				<FieldGroup
					legend={__('Roles without an inbox', 'app-inbox-for-esputnik')}
					description={description('excludedRoles')}
					error={errorOfList(errors, 'excludedRoles')}
				>
					<div className="app-inbox-admin__roles">
						{roleOptions(roles, settings.excludedRoles).map(({ slug, label }) => (
							<CheckboxControl
								key={slug}
								__nextHasNoMarginBottom
								label={label}
								checked={settings.excludedRoles.includes(slug)}
								onChange={(excluded) =>
									change({
										excludedRoles: withRole(
											settings.excludedRoles,
											slug,
											excluded
										),
									})
								}
							/>
						))}
					</div>
				</FieldGroup>
			</Locked>
		</Section>
	);
}

/** The site's roles, and those that are excluded but have gone with the plugin that made them. */
function roleOptions(roles: Record<string, string>, excluded: string[]) {
	const gone = excluded.filter((slug) => !(slug in roles));
	return [
		...Object.entries(roles).map(([slug, label]) => ({ slug, label })),
		...gone.map((slug) => ({
			slug,
			label: sprintf(
				/* translators: %s: the technical name of a role. */
				__('%s (no longer on this site)', 'app-inbox-for-esputnik'),
				slug
			),
		})),
	];
}

/** Sorted, so that ticking a role and taking it back is no change. */
const withRole = (roles: string[], slug: string, excluded: boolean) =>
	[...roles.filter((role) => role !== slug), ...(excluded ? [slug] : [])].sort();

function consentLabel(consent: Settings['consent']): string {
	switch (consent) {
		case 'none':
			return __('Do not wait for consent', 'app-inbox-for-esputnik');
		case 'functional':
			return __('Functional', 'app-inbox-for-esputnik');
		case 'preferences':
			return __('Preferences', 'app-inbox-for-esputnik');
		case 'statistics-anonymous':
			return __('Anonymous statistics', 'app-inbox-for-esputnik');
		case 'statistics':
			return __('Statistics', 'app-inbox-for-esputnik');
		case 'marketing':
			return __('Marketing', 'app-inbox-for-esputnik');
	}
}
