import { ENDPOINT } from '../settings/schema.ts';
import { __ } from '../settings/text.ts';

/**
 * Why Tag Manager cannot load anything from beside this endpoint, and what to do; undefined when it
 * can. It takes exact https hosts on port 443 only, and `*` for any text.
 */
export function endpointProblem(endpoint: string): string | undefined {
	if (endpoint === '') {
		return __(
			'Give the address of your token function, for example https://inbox.example.com/app-inbox/token.',
			'app-inbox-for-esputnik'
		);
	}
	if (endpoint.length > 500) {
		return __('This address is too long: 500 characters at most.', 'app-inbox-for-esputnik');
	}
	if (/^http:/i.test(endpoint)) {
		return __(
			'Tag Manager loads from https addresses only: give the address that starts with https://.',
			'app-inbox-for-esputnik'
		);
	}
	const [, authority, rest = ''] = /^https:\/\/([^/?#\\]*)(.*)$/s.exec(endpoint) ?? [];
	if (authority === undefined) {
		return WRONG_FORM;
	}
	const [, credentials, host = '', port] = /^(.*@)?(\[.*\]|[^:]*)(:.*)?$/s.exec(authority) ?? [];
	if (credentials !== undefined) {
		return __(
			'The address contains a user name or a password, which every visitor could read: leave out all before the @.',
			'app-inbox-for-esputnik'
		);
	}
	if (port !== undefined) {
		return __(
			'Tag Manager loads from port 443 only: give an address without a port, if need be through your web server.',
			'app-inbox-for-esputnik'
		);
	}
	if (/[^\x20-\x7e]/.test(host)) {
		return __(
			'The host contains letters outside ASCII: write it in punycode, which starts with xn--, as the browser copies it from its address bar.',
			'app-inbox-for-esputnik'
		);
	}
	if (endpoint.includes('*')) {
		return __(
			'The address contains a *, which Tag Manager would take for any text: give the exact address.',
			'app-inbox-for-esputnik'
		);
	}
	if (host.startsWith('[') || /^[0-9.]+$/.test(host)) {
		return __(
			'Tag Manager takes no IP address for a host: give your token function a domain name.',
			'app-inbox-for-esputnik'
		);
	}
	if (!host.includes('.') || OWN_NETWORK.test(host)) {
		return __(
			'The host is a name of your own network, which visitors cannot reach: give a full domain name such as inbox.example.com.',
			'app-inbox-for-esputnik'
		);
	}
	if (/[?#]/.test(rest)) {
		return __(
			'The address goes on after /token: leave out all from the ? or # on.',
			'app-inbox-for-esputnik'
		);
	}
	if (!ENDPOINT.test(endpoint)) {
		return WRONG_FORM;
	}
	if (/(^|\.)-|-(\.|$)/.test(host)) {
		return NO_DOMAIN;
	}
	try {
		return void new URL(endpoint);
	} catch {
		return NO_DOMAIN;
	}
}

/** Names that no public DNS has: RFC 6761, RFC 6762, and ICANN's resolution of July 2024. */
const OWN_NETWORK = /\.(localhost|local|internal)$/i;

const NO_DOMAIN = __(
	'The host is no domain name: copy the address from the browser, in which your token function answers.',
	'app-inbox-for-esputnik'
);
const WRONG_FORM = __(
	'The address starts with https:// and ends with /token, for example https://inbox.example.com/app-inbox/token.',
	'app-inbox-for-esputnik'
);
