import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isSeq, parseDocument } from 'yaml';
import * as z from 'zod/mini';

const TPL = 'template.tpl';
const METADATA = 'metadata.yaml';

/** What happened, and what to do next. */
export interface Outcome {
	ok: boolean;
	message: string;
}

/**
 * Adds the commit that holds template.tpl to metadata.yaml, newest first. Only the built template,
 * committed, is a version; one that is there already stays as it is.
 */
export async function release(folder: string, built: string, notes: string): Promise<Outcome> {
	const git = async (...args: string[]) =>
		(await promisify(execFile)('git', ['-C', folder, ...args])).stdout;
	const committed = await git('show', `HEAD:./${TPL}`).catch(() => undefined);
	if (committed !== built) {
		return (await readFile(join(folder, TPL), 'utf8').catch(() => undefined)) === built
			? refused(`${TPL} is not committed. Commit it, then release it.`)
			: refused(
					`${TPL} is not what its sources make. Run npm run gtm-template, commit what it writes, then release it.`
				);
	}
	const document = parseDocument(await readFile(join(folder, METADATA), 'utf8'));
	const parsed = z.safeParse(metadata, document.toJS());
	if (!parsed.success) {
		return refused(
			`${METADATA} is not as the gallery wants it: it has homepage, documentation and versions, each with sha and changeNotes.`
		);
	}
	const sha = (await git('log', '-1', '--format=%H', '--', TPL)).trim();
	if (parsed.data.versions.some((version) => version.sha === sha)) {
		return { ok: true, message: `${sha} is a version already. There is nothing to do.` };
	}
	if (new URL(parsed.data.homepage).hostname === 'example.com') {
		return refused(
			`Put the address of the public repository into ${METADATA}, as homepage and documentation.`
		);
	}
	if (notes.trim() === '') {
		return refused('Say what is new: --notes "…". The gallery shows it to those who update.');
	}
	const versions = document.get('versions');
	if (isSeq(versions)) {
		versions.flow = false;
		versions.items.unshift(document.createNode({ sha, changeNotes: notes.trim() }));
	}
	await writeFile(join(folder, METADATA), document.toString({ lineWidth: 0 }));
	return { ok: true, message: `${sha} is the newest version. Commit ${METADATA} and push it.` };
}

const refused = (message: string): Outcome => ({ ok: false, message });

const metadata = z.strictObject({
	homepage: z.url(),
	documentation: z.url(),
	versions: z.array(
		z.strictObject({
			sha: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
			changeNotes: z.string().check(z.minLength(1)),
		})
	),
});
