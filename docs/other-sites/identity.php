<?php
declare(strict_types=1);

/** Says who is logged in, signed for App Inbox; '' for a guest. Take the id from your session, never from the request. */
function app_inbox_identity($customer_id, ?string $email = null): string {
	if (!$customer_id) {
		return '';
	}
	$site = rtrim(getenv('SITE_URL'), '/');
	$now = time();
	$claims = ['iss' => $site, 'aud' => 'app-inbox', 'sub' => (string) $customer_id, 'email' => $email, 'iat' => $now, 'exp' => $now + 15 * 60];
	$part = fn (string $bytes) => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
	$json = fn (array $value) => $part(json_encode($value, JSON_THROW_ON_ERROR));
	$text = $json(['alg' => 'HS256', 'typ' => 'JWT']) . '.' . $json($claims);
	return $text . '.' . $part(hash_hmac('sha256', $text, getenv('IDENTITY_SECRET'), true));
}

// To try it: php identity.php 42 ann@example.com
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
	echo app_inbox_identity($argv[1] ?? '', $argv[2] ?? null), "\n";
}
