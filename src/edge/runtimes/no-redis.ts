import type { Sharing } from '../types.ts';

/** For runtimes without a client for Redis: whoever set REDIS_URL there believes that limits are shared. */
export function reportRedis({ config, log }: Pick<Sharing, 'config' | 'log'>): void {
	if (config.redisUrl !== undefined) {
		log('warn', 'redis_not_used', { hint: HINT });
	}
}

const HINT =
	'REDIS_URL does nothing here: only on Node are limits counted in Redis. Remove it, or run the token function on Node.';
