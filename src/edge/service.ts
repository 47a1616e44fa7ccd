import type { Config, Env } from './config.ts';
import { createVerifier, type Verifier } from './identity/verifier.ts';
import { createLimits } from './limits.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Limits, Log, Platform } from './types.ts';
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
	/** Says, once, that all visitors count as one address because TRUSTED_PROXIES is not set. */
	reportProxy: () => void;
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
		verifier: createVerifier(config, platform, log, metrics),
		limits: createLimits(platform, { env, config, log, metrics }),
		vendor: createVendor(config, platform, log, metrics),
		reportProxy: once(() => log('warn', 'proxy_not_trusted', { hint: PROXY_HINT })),
		loaderHash: platform.hash(platform.loader),
	};
}

const PROXY_HINT =
	'A proxy on this machine hands on the visitors’ addresses, which do not count: all visitors share one limit. Set TRUSTED_PROXIES=1.';

function once(run: () => void): () => void {
	let done = false;
	return () => {
		if (!done) {
			done = true;
			run();
		}
	};
}
