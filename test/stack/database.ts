import type { Stack } from './stack.ts';

/** Each table's structure and rows, as text that two moments can be compared by. */
export type Dump = Record<string, { structure: string; rows: string[] }>;

/** Everything that is in WordPress's database, whoever put it there. */
export async function dump(stack: Stack): Promise<Dump> {
	return JSON.parse(
		await stack.run(`
			global $wpdb;
			$dump = array();
			foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
				$structure = $wpdb->get_row( "SHOW CREATE TABLE $table", ARRAY_N )[1];
				$rows = array_map( 'wp_json_encode', $wpdb->get_results( "SELECT * FROM $table", ARRAY_A ) );
				sort( $rows );
				$dump[ $table ] = array(
					// The next number is no content; each row that there ever was has used one up.
					'structure' => preg_replace( '/ AUTO_INCREMENT=\\d+/', '', $structure ),
					'rows'      => $rows,
				);
			}
			echo wp_json_encode( $dump );
		`)
	) as Dump;
}

/** What is in one of the two alone: `+wp_options {"option_id":"117",…}`. */
export function difference(before: Dump, after: Dump): string[] {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((table) => {
		const lines = ({ [table]: content }: Dump) =>
			content ? [content.structure, ...content.rows] : [];
		const [old, now] = [lines(before), lines(after)];
		return [
			...old.filter((line) => !now.includes(line)).map((line) => `-${table} ${line}`),
			...now.filter((line) => !old.includes(line)).map((line) => `+${table} ${line}`),
		];
	});
}
