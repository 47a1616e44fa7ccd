import type { Env } from '../../edge/config.ts';
import { unquoted } from '../../edge/quotes.ts';
import { UsageError } from '../usage.ts';
import { createAsk } from './ask.ts';
import { startChecks } from './chain.ts';
import type { Contact } from './contact.ts';
import { checkEnvironment } from './environment.ts';
import { LINKS, type Finding, type Link } from './finding.ts';
import { redact } from './redact.ts';
import { rowsOf, toJson, toTable, type Look } from './report.ts';

/** What the command line says, checked. */
export interface CheckOptions {
	endpoint?: string;
	contact?: Contact;
	jwt?: boolean;
	timeout: number;
	json?: boolean;
}

/** Runs all checks, prints what came of them, and answers the exit code. */
export async function runCheck(env: Env, options: CheckOptions, version: string): Promise<number> {
	const { endpoint, contact = null, jwt = false, timeout, json = false } = options;
	const environment = checkEnvironment(env);
	const { config } = environment;
	const checks = startChecks({
		environment,
		endpoint: endpoint ?? (config && `${config.siteOrigin}${config.basePath}/token`),
		contact,
		jwt: jwt ? credentialIn(env) : null,
		ask: createAsk(timeout * 1000, version),
		version,
	});
	if (process.stdout.isTTY && !json) {
		const { showProgress } = await import('./progress.ts');
		await showProgress(checks);
	}
	const rows = redact(rowsOf(await allOf(checks)), env);
	process.stdout.write(json ? `${toJson(rows)}\n` : `\n${toTable(rows, terminal())}`);
	return rows.some(({ finding }) => finding.status === 'fail') ? 1 : 0;
}

/** Out of the environment, because other users of a machine can read a command line. */
function credentialIn({ APP_INBOX_JWT: jwt }: Env): string {
	const credential = unquoted(typeof jwt === 'string' ? jwt : '');
	if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)) {
		throw new UsageError('--jwt reads a credential from APP_INBOX_JWT, which contains none.');
	}
	return credential;
}

async function allOf(checks: Record<Link, Promise<Finding>>): Promise<Record<Link, Finding>> {
	const entries = LINKS.map(async (link) => [link, await checks[link]] as const);
	return Object.fromEntries(await Promise.all(entries)) as Record<Link, Finding>;
}

function terminal(): Look {
	const { isTTY, columns } = process.stdout;
	return {
		columns: (isTTY && columns) || Number(process.env.COLUMNS) || 80,
		// Knows NO_COLOR and terminals without colours.
		colors: isTTY && process.stdout.hasColors(),
	};
}
