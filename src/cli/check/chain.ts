import { checkAsAdministrator } from './administrator.ts';
import type { Ask } from './ask.ts';
import { checkOrigins, checkRefusal } from './browser.ts';
import type { Contact } from './contact.ts';
import { checkEndpoint, checkLoader } from './endpoint.ts';
import type { Environment } from './environment.ts';
import { checkEsputnik } from './esputnik.ts';
import { fail, skip, type Finding, type Link } from './finding.ts';
import { checkKeys } from './keys.ts';

export interface Chain {
	environment: Environment;
	/** The token endpoint, `/token` included. Null where only the environment could have said it. */
	endpoint: string | null;
	contact: Contact | null;
	/** A credential of an administrator's. */
	jwt: string | null;
	ask: Ask;
	/** This program's. */
	version: string;
}

/** Starts all checks at once; each waits only for those without which it makes no sense. */
export function startChecks(chain: Chain): Record<Link, Promise<Finding>> {
	const { environment, endpoint, contact, jwt, ask, version } = chain;
	const { config, hasKey } = environment;
	const base = endpoint?.replace(/\/token$/, '') ?? '';

	const keys = guarded(async () => (config ? checkKeys(config, ask, version) : NO_ENVIRONMENT));
	const esputnik = config && hasKey ? checkEsputnik(config, contact, ask, version) : null;

	const deployed = endpoint === null ? null : checkEndpoint(base, ask, version);
	const behindEndpoint = (check: () => Promise<Finding>) =>
		guarded(async () => {
			if (!deployed) {
				return NO_ENDPOINT;
			}
			return (await deployed).ours ? check() : ENDPOINT_FAILED;
		});
	return {
		environment: Promise.resolve(environment.finding),
		keys,
		'vendor-key': guarded(async () => esputnik?.key ?? NO_ENVIRONMENT),
		contact: guarded(async () => esputnik?.contact ?? NO_ENVIRONMENT),
		endpoint: guarded(async () => (await deployed)?.finding ?? NO_ENDPOINT),
		origin: behindEndpoint(async () =>
			config ? checkOrigins(base, [...config.allowedOrigins], ask) : NO_ENVIRONMENT
		),
		refusal: behindEndpoint(async () =>
			config ? checkRefusal(base, config.siteOrigin, ask) : NO_ENVIRONMENT
		),
		loader: behindEndpoint(() => checkLoader(base, ask)),
		token: behindEndpoint(async () =>
			config ? checkAsAdministrator(base, config, jwt, contact, ask) : NO_ENVIRONMENT
		),
	};
}

const NO_ENVIRONMENT = skip('Not tried. Mend environment first.');
const NO_ENDPOINT = skip('Not tried. Mend environment first, or give --endpoint.');
const ENDPOINT_FAILED = skip('Not tried. Mend endpoint first.');

/** An error that nobody expected: its name may be shown, its message may quote anything. */
const guarded = (check: () => Promise<Finding>): Promise<Finding> =>
	check().catch((error: unknown) =>
		fail({
			message: `This check broke (${error instanceof Error ? error.constructor.name : typeof error}).`,
			next: 'This is a fault of this program. Please report it with this line.',
		})
	);
