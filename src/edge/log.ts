import { LOG_LEVELS, type LogLevel } from './config.ts';
import type { Log, Platform } from './types.ts';

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
