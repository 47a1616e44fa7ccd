import * as React from '@wordpress/element';
import './place.ts';
import { SigningKey } from './signing-key.tsx';

// A script that stands alone, so that the settings page's own stays small.
window.appInboxSigningKey = (place) => React.createRoot(place).render(<SigningKey />);
