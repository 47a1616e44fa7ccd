import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Env } from '../edge/config.ts';
import { UsageError } from './usage.ts';

/**
 * The environment of the token function: this process's own, and below it what a file says, as
 * systemd and Docker take one. A variable that is set already wins over the file, as with Node's own
 * `--env-file`. (Node 20 takes that option for its own, wherever it stands: it reads the file before
 * us, and ends with 9 where there is none.)
 */
export const readEnvironment = (file?: string): Env => ({
	...(file === undefined ? {} : parseEnv(readText(file))),
	...process.env,
});

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new UsageError(`the file of --env-file ${REASONS[code ?? ''] ?? 'cannot be read'}.`);
	}
}

const REASONS: Record<string, string> = {
	EACCES: 'may not be read by this user',
	EISDIR: 'is a folder',
	ENOENT: 'does not exist',
};
