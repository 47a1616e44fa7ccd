/** Preloaded into the token function: its clock is ahead by the milliseconds that this file says. */
import { readFileSync } from 'node:fs';

const now = Date.now;
Date.now = () => now() + Number(readFileSync(process.env.CLOCK_AHEAD, 'utf8'));
