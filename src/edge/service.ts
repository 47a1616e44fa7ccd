import type { Config } from './config.ts';
import { createVerifier, type Verifier } from './identity/index.ts';
import { createLimits, type Limits } from './limits.ts';
import { createLog, type Log } from './log.ts';
import type { Platform } from './types.ts';
import { createVendor, type Vendor } from './vendor.ts';

/** Everything that lives as long as an environment: what the routes work with. */
export interface Service {
	config: Config;
	platform: Platform;
	log: Log;
	verifier: Verifier;
	limits: Limits;
	vendor: Vendor;
	/** Of the loader's text, for its ETag. */
	loaderHash: string | Promise<string>;
}

export function createService(config: Config, platform: Platform): Service {
	const log = createLog(platform, config.logLevel);
	return {
		config,
		platform,
		log,
		verifier: createVerifier(config, platform),
		limits: createLimits(config, platform.clock),
		vendor: createVendor(config, platform, log),
		loaderHash: platform.hash(platform.loader),
	};
}
