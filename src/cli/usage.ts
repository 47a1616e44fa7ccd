/** The command was called in a way that makes no sense: one line for whoever typed it, exit code 2. */
export class UsageError extends Error {}
