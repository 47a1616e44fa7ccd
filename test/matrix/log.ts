/** The different lines of a debug.log, without their times. */
export const linesOf = (log: string): string[] => [
	...new Set(
		log
			.split('\n')
			.map((line) => line.replace(/^\[[^\]]*\] /, ''))
			.filter((line) => line !== '')
	),
];
