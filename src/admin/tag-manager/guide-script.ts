import { Guide } from './guide.tsx';

window.appInboxTagManager = { Guide };
