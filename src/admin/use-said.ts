import { useState } from '@wordpress/element';
import type { FocusEvent } from 'react';

/** What is said of the last press, until the focus moves on. `onBlur` belongs to what is around the button. */
export function useSaid() {
	const [said, say] = useState('');
	const onBlur = ({ target }: FocusEvent) => {
		// In another window, where a text is pasted, it has not moved.
		if (target.ownerDocument.activeElement !== target) {
			say('');
		}
	};
	return { said, say, onBlur };
}
