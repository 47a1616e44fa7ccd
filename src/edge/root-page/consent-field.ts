import sources from 'virtual:gtm-sources';
import { consentChoices, consentOf } from '../../gtm/index.ts';
import type { Settings } from '../../settings/schema.ts';

/** What the ticked features wait for; there only while one of them is. */
export function consentField(features: HTMLInputElement[]): {
	show: () => void;
	/** Undefined while nothing waits. */
	read: () => Settings['consent'] | undefined;
} {
	const choice = document.querySelector<HTMLSelectElement>('#consent')!;
	for (const { value, displayValue } of consentChoices(sources)) {
		choice.append(new Option(displayValue, value, false, value === 'ad_storage'));
	}
	const waits = () => features.some(({ checked }) => checked);
	const show = () => {
		document.getElementById('consent-field')!.hidden = !waits();
	};
	features.forEach((feature) => feature.addEventListener('change', show));
	// A browser that comes back to this page may have ticked them again.
	show();
	return { show, read: () => (waits() ? consentOf(choice.value) : undefined) };
}
