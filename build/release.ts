import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Command } from 'commander';
import { planRelease, type Plan } from './release/plan.ts';
import { release } from './release/release.ts';

/** `npm run release -- <version>`: one version everywhere, its artefacts, a commit and a tag. */
const program = new Command('release')
	.description(
		'Makes a release of main: version, changelog, artefacts, commit and tag. Pushes nothing.'
	)
	.argument('<version>', 'patch, minor, major, or the version itself, such as 1.2.3')
	.option('--dry-run', 'show what would happen, and change nothing', false)
	.helpOption('--help', 'show this')
	.parse();
const [bump = ''] = program.args;
const { dryRun } = program.opts<{ dryRun: boolean }>();

/** npm starts scripts in the package's folder. */
const root = process.cwd();
const planned = await planRelease(root, bump, new Date().toISOString().slice(0, 10));
if (!planned.ok) {
	console.error(planned.message);
	process.exitCode = 1;
} else if (dryRun) {
	console.log(outline(planned.plan));
} else {
	try {
		await release(root, planned.plan, makeArtefacts);
		console.log(whatComesNext(planned.plan));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		console.error(`Nothing is released, and the files are as before. ${reason}`);
		process.exitCode = 1;
	}
}

/** In a process of its own, which reads the new version. */
async function makeArtefacts(): Promise<void> {
	// Ctrl-C ends the build alone, and then all is undone as after any other failure of it.
	process.on('SIGINT', () => {});
	const child = spawn('npm', ['run', '--silent', 'artefacts'], { cwd: root, stdio: 'inherit' });
	const [code] = await once(child, 'exit');
	if (code !== 0) {
		throw new Error('The artefacts could not be built: see above.');
	}
}

function outline({ version, tag, news, texts }: Plan): string {
	return `Version ${version}, in ${Object.keys(texts).join(', ')}:

${news.notice ? `${news.notice}\n\n` : ''}${news.changes}

Then npm run artefacts, a commit “Release ${version}” and the tag ${tag}. Nothing was changed.`;
}

function whatComesNext({ version, tag }: Plan): string {
	return `Version ${version} is committed and tagged; its artefacts are in dist/release/.
Push it with: git push origin main ${tag}`;
}
