<?php
/**
 * Before anything of WordPress: chooses the database that a request asks for, and writes down what
 * the request cost when everything else of it is over.
 */

if ( isset( $_SERVER['HTTP_X_DATABASE'] ) && in_array( $_SERVER['HTTP_X_DATABASE'], array( 'without', 'wordpress' ), true ) ) {
	define( 'DB_NAME', $_SERVER['HTTP_X_DATABASE'] );
}

if ( isset( $_SERVER['HTTP_X_TAKE'] ) && ctype_digit( $_SERVER['HTTP_X_TAKE'] ) ) {
	( static function () {
		$processor = static function () {
			$usage = getrusage();
			return 1e3 * ( $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'] ) + ( $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'] ) / 1e3;
		};

		$begun = $processor();
		$end   = static function () use ( $processor, $begun ) {
			$cost = array(
				'processor' => $processor() - $begun,
				'clock'     => 1e3 * ( microtime( true ) - $_SERVER['REQUEST_TIME_FLOAT'] ),
				'queries'   => get_num_queries(),
				'memory'    => memory_get_peak_usage(),
			);
			$file = dirname( __DIR__ ) . '/takes/' . $_SERVER['HTTP_X_TAKE'];
			file_put_contents( "$file.new", json_encode( $cost ) );
			rename( "$file.new", $file );
		};
		// Behind all that WordPress and plugins register, "shutdown" among it.
		register_shutdown_function(
			static function () use ( $end ) {
				register_shutdown_function( $end );
			}
		);
	} )();
}
