import { randomUUID } from 'node:crypto';
import { readConfig, type Config, type Env } from '../../edge/config.ts';
import { fail, pass, type Finding } from './finding.ts';

/** As much of the environment as the checks can go on with. */
export interface Environment {
	finding: Finding;
	/** Null where it is too bad. */
	config: Config | null;
	/** Whether the config's API key is one; if not, eSputnik must not be asked with it. */
	hasKey: boolean;
}

/** Names everything that is wrong with the environment, and no value. */
export function checkEnvironment(env: Env): Environment {
	const result = readConfig(env);
	if (result.ok) {
		const { siteOrigin } = result.config;
		const message = `Every variable is good. The site is ${siteOrigin}.`;
		return { finding: pass(message), config: result.config, hasKey: true };
	}
	const finding = fail({
		message: result.problems.join('\n'),
		next: 'Set them as they are set for the token function, or read its file with --env-file.',
	});
	return { finding, config: configWithoutKey(env), hasKey: false };
}

/**
 * Only eSputnik is asked with the API key, so whoever has it on the server alone, where it belongs,
 * can still look at all the rest.
 */
function configWithoutKey(env: Env): Config | null {
	const result = readConfig({ ...env, ESPUTNIK_API_KEY: randomUUID() });
	return result.ok ? result.config : null;
}
