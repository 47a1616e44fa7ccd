import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '../../build/paths.ts';
import { copySources } from '../build/copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'app-inbox-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

// In a copy: it builds, and other tests read what is built here.
it('npm run demo -- --check shows a bell, and leaves a picture', { timeout: 240_000 }, async () => {
	copySources(folder);
	// The WordPress that is prepared already.
	mkdirSync(join(ROOT, '.cache'), { recursive: true });
	symlinkSync(join(ROOT, '.cache'), join(folder, '.cache'));
	const { stdout } = await promisify(execFile)('npm', ['run', 'demo', '--', '--check'], {
		cwd: folder,
	});
	expect(stdout).toContain('The bell works. The picture is dist/demo.png.');
	expect(existsSync(join(folder, 'dist/demo.png'))).toBe(true);
});
