// Plain JavaScript, so that an old Node or a missing `npm ci` gets one clear line.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	fail(`Node ${process.versions.node} is too old: this project needs 20.19 or newer.`);
}
if (!existsSync(new URL('../../node_modules/tsx', import.meta.url))) {
	fail('The packages are not installed: run "npm ci" first.');
}
const { register } = await import('tsx/esm/api');
register();
await import('./demo.ts');

function fail(message) {
	console.error(message);
	process.exit(1);
}
