import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs git in a repository and answers what it prints. */
export const git = async (root: string, ...args: string[]): Promise<string> =>
	(await promisify(execFile)('git', ['-C', root, ...args])).stdout.trim();
