/**
 * PHP code, with or without its opening tag, as a program that runs inside WordPress. Whatever
 * ends it early is printed after a mark, since the runtime itself would only say "exit code 255".
 */
export function inWordPress(code: string): string {
	const body = Buffer.from(code.replace(/^\s*<\?php/, '')).toString('base64');
	return `<?php
define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
$_SERVER += array( 'HTTP_HOST' => 'localhost', 'SERVER_NAME' => 'localhost', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1' );
register_shutdown_function( function () {
	$error = error_get_last();
	if ( $error && ( $error['type'] & ( E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR ) ) ) {
		echo '${mark}', $error['message'];
	}
} );
require '/wordpress/wp-load.php';
try {
	eval( base64_decode( '${body}' ) );
} catch ( Throwable $error ) {
	echo '${mark}', get_class( $error ), ': ', $error->getMessage(), ' in line ', $error->getLine(), ' of ', basename( $error->getFile() );
}
`;
}

const mark = '\u0001PHP error\u0001';

/** What the program printed; throws what ended it early. */
export function outputOf(printed: string): string {
	const [output = '', error] = printed.split(mark);
	if (error !== undefined) {
		throw new Error(`PHP: ${error.trim()}`);
	}
	return output;
}
