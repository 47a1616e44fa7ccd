export { Backup } from './backup.tsx';
