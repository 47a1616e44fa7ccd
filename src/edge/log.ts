import { LOG_LEVELS, type LogLevel } from './config.ts';
import type { Platform } from './types.ts';

/**
 * One JSON object per line. What goes in is made of our own words, numbers and ids; whatever comes
 * from a request, a credential or another server's answer stays out, however harmless it looks.
 */
export type Log = (level: LogLevel, event: string, fields: Fields) => void;

type Fields = Record<string, string | number | undefined>;

export function createLog(
	{ clock, write }: Pick<Platform, 'clock' | 'write'>,
	least: LogLevel
): Log {
	return (level, event, fields) => {
		if (LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least)) {
			const time = new Date(clock.now()).toISOString();
			const head = `{"time":"${time}","level":"${level}","event":"${event}"`;
			const tail = JSON.stringify(fields).slice(1);
			write(tail === '}' ? `${head}}` : `${head},${tail}`);
		}
	};
}
