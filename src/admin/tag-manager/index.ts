export { TagManager } from './tag-manager.tsx';
