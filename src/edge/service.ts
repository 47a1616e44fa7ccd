import type { Config } from './config.ts';
import { createVerifier, type Verifier } from './identity/index.ts';
import { createLimits, type Limits } from './limits.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Env, Platform } from './types.ts';
import { createVendor, type Vendor } from './vendor.ts';

/** Everything that lives as long as an environment: what the routes work with. */
export interface Service {
	config: Config;
	platform: Platform;
	log: Log;
	metrics: Metrics;
	verifier: Verifier;
	limits: Limits;
	vendor: Vendor;
	/** Of the loader's text, for its ETag. */
	loaderHash: string | Promise<string>;
}

export function createService(env: Env, config: Config, platform: Platform): Service {
	const log = createLog(platform, config.logLevel);
	const metrics = createMetrics(platform.version);
	return {
		config,
		platform,
		log,
		metrics,
		verifier: createVerifier(config, platform, metrics),
		limits: createLimits(platform, { env, config, log, metrics }),
		vendor: createVendor(config, platform, log, metrics),
		loaderHash: platform.hash(platform.loader),
	};
}
