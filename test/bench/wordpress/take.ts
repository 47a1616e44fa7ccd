import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATABASE, startStack, type Stack } from '../../stack/stack.ts';
import { StackVisitor } from '../../stack/visitor.ts';

/** What one request cost inside PHP. */
export interface Cost {
	/** Milliseconds of a processor, from the first line of wp-config.php to the very end. */
	processor: number;
	/** Milliseconds by the clock, from the request's arrival at PHP to the very end. */
	clock: number;
	/** Database queries of WordPress. */
	queries: number;
	/** Bytes at the peak. */
	memory: number;
}

/** The same site, with the plugin active and set up, and as it was before it ever was. */
export const ARMS = { with: DATABASE, without: 'without' } as const;
export type Arm = keyof typeof ARMS;

/** What is asked: a path, or a form that is sent to it. */
export interface Request {
	path: string;
	form?: Record<string, string>;
	status: number;
	member?: boolean;
}

export interface Bench {
	stack: Stack;
	take: (arm: Arm, request: Request) => Promise<Cost>;
	stop: () => Promise<void>;
}

/**
 * Two databases behind one nginx, one PHP-FPM and one opcache; a header says which. The one without
 * the plugin is a copy from before the activation, so that the comparison holds everything that the
 * activation brings about, the autoloaded option too, and nothing else: not even a filter that would
 * hide the plugin from WordPress.
 */
export async function startBench(onProgress: (text: string) => void): Promise<Bench> {
	const meter = await readFile(path.join(import.meta.dirname, 'meter.php'), 'utf8');
	const stack = await startStack({
		active: false,
		debug: false,
		databases: [ARMS.without],
		// Several would take turns, and each arm could get a process of its own.
		workers: 1,
		config: meter.replace('<?php', ''),
		onProgress,
	});
	try {
		const takes = path.join(stack.folder, 'takes');
		await mkdir(takes);
		// The first page fills what WordPress remembers about its theme.
		await (await fetch(stack.url)).text();
		await stack.run(copyDatabase);
		await stack.activate();
		const people = { guest: visitors(stack), member: visitors(stack) };
		for (const arm of ARM_NAMES) {
			await people.member[arm].logIn('anna');
		}
		let number = 0;
		return {
			stack,
			async take(arm, { path: address, form, status, member = false }) {
				const id = String(++number);
				const response = await people[member ? 'member' : 'guest'][arm].fetch(address, {
					headers: { 'X-Take': id },
					...(form && { method: 'POST', body: new URLSearchParams(form) }),
				});
				const text = await response.text();
				if (response.status !== status) {
					throw new Error(
						`${address} answered ${response.status}: ${text.slice(0, 300)}`
					);
				}
				return readTake(path.join(takes, id));
			},
			stop: stack.stop,
		};
	} catch (error) {
		await stack.stop();
		throw error;
	}
}

const ARM_NAMES = Object.keys(ARMS) as Arm[];

const visitors = (stack: Stack): Record<Arm, StackVisitor> => ({
	with: new StackVisitor(stack, { 'X-Database': ARMS.with }),
	without: new StackVisitor(stack, { 'X-Database': ARMS.without }),
});

const copyDatabase = `
	global $wpdb;
	foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
		$wpdb->query( "CREATE TABLE ${ARMS.without}.$table LIKE $table" );
		$wpdb->query( "INSERT INTO ${ARMS.without}.$table SELECT * FROM $table" );
	}
`;

/** PHP may go on after its answer, as wp-cron.php does: the next request waits for its end. */
async function readTake(file: string): Promise<Cost> {
	for (const deadline = Date.now() + 10_000; !existsSync(file); await sleep(1)) {
		if (Date.now() > deadline) {
			throw new Error('PHP did not say what a request cost: see meter.php.');
		}
	}
	return JSON.parse(await readFile(file, 'utf8')) as Cost;
}
