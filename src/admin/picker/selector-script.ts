import { robustSelector } from './robust-selector.ts';

window.appInboxPicker = { robustSelector };
