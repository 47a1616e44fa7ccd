import type { Config } from './config.ts';
import { createVerifier, type Verifier } from './identity/index.ts';
import { createLog, type Log } from './log.ts';
import type { Platform } from './types.ts';
import { createVendor, type Vendor } from './vendor.ts';

/** Everything that lives as long as an environment: what the routes work with. */
export interface Service {
	config: Config;
	platform: Platform;
	log: Log;
	verify: Verifier;
	vendor: Vendor;
	/** Of the loader's text, for its ETag. */
	loaderHash: string | Promise<string>;
}

export const createService = (config: Config, platform: Platform): Service => ({
	config,
	platform,
	log: createLog(platform, config.logLevel),
	verify: createVerifier(config, platform),
	vendor: createVendor(config, platform),
	loaderHash: platform.hash(platform.loader),
});
