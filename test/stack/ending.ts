const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Calls `clean` if this process ends before the answered function was called: by itself, by an error
 * that nobody caught, or by Ctrl-C. Nothing asynchronous is left to happen then.
 */
export function onEnding(clean: () => void): () => void {
	const handlers = Object.entries(SIGNALS).map(
		([signal, code]) => [signal, () => process.exit(code)] as const
	);
	process.once('exit', clean);
	handlers.forEach(([signal, end]) => process.on(signal, end));
	return () => {
		process.off('exit', clean);
		handlers.forEach(([signal, end]) => process.off(signal, end));
	};
}
