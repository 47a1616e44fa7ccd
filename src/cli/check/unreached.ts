import type { Explanation } from './finding.ts';

/** Why a server gave no answer, in words. `url` may be any address of it. */
export function unreached(code: string, url: string): Explanation {
	const { host, hostname } = new URL(url);
	const known = REASONS.find(({ codes }) => codes.test(code));
	return known
		? { message: known.message(host, hostname), next: known.next }
		: {
				message: `${host} could not be reached (${/^\w{1,60}$/.test(code) ? code : 'UNKNOWN'}).`,
				next: 'Open its address in a browser on this machine: if that works, please report this line.',
			};
}

interface Reason {
	codes: RegExp;
	message: (host: string, hostname: string) => string;
	next: string;
}

/** By the codes of Node, undici and OpenSSL; the first that fits counts. */
const REASONS: Reason[] = [
	{
		codes: /^ENOTFOUND$/,
		message: (_, hostname) => `There is no host ${hostname}: the DNS does not know the name.`,
		next: 'Check the spelling. A new DNS entry may need an hour until it is known everywhere.',
	},
	{
		codes: /^EAI_/,
		message: (_, hostname) => `The name ${hostname} could not be looked up: no DNS answers.`,
		next: 'Check this machine’s connection to the internet.',
	},
	{
		codes: /^ECONNREFUSED$/,
		message: (host) => `Nothing listens at ${host}.`,
		next: 'Start the server there, and check the port.',
	},
	{
		codes: /^(TIMEOUT|ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/,
		message: (host) => `${host} gave no answer in time.`,
		next: 'A firewall may drop the connection, or the server is overloaded.',
	},
	{
		codes: /^E(HOST|NET)(UNREACH|DOWN)$/,
		message: (host) => `There is no way from this machine to ${host}.`,
		next: 'Check this machine’s network and firewall, and the DNS entry’s addresses (IPv6 too).',
	},
	{
		codes: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
		message: (host) => `${host} closed the connection without an answer.`,
		next: 'A firewall or the web server cuts it off: look into their logs.',
	},
	{
		codes: /^CERT_HAS_EXPIRED$/,
		message: (host) => `The TLS certificate of ${host} has expired.`,
		next: 'Renew it, and mend what should have renewed it by itself.',
	},
	{
		codes: /^CERT_NOT_YET_VALID$/,
		message: (host) => `The TLS certificate of ${host} is not valid yet.`,
		next: 'Check the clocks of the server and of this machine.',
	},
	{
		codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
		message: (host, hostname) =>
			`The TLS certificate of ${host} is for another name than ${hostname}.`,
		next: 'Get a certificate that contains this name, or use the name that it contains.',
	},
	{
		codes: /SELF_SIGNED/,
		message: (host) => `The TLS certificate of ${host} is self-signed: no browser trusts it.`,
		next: 'Get one from an authority, such as Let’s Encrypt.',
	},
	{
		codes: /^UNABLE_TO_(VERIFY|GET_ISSUER)/,
		message: (host) =>
			`The TLS certificate of ${host} comes without its intermediate certificate.`,
		next: 'Let the web server send the whole chain (fullchain.pem of Let’s Encrypt).',
	},
	{
		codes: /^(EPROTO|ERR_SSL_\w+)$/,
		message: (host) => `${host} does not speak TLS as it should.`,
		next: 'Check the port, and that the web server has https switched on for this name.',
	},
	{
		codes: /^HPE_/,
		message: (host) => `${host} does not speak HTTP.`,
		next: 'Check the port: another kind of server listens there.',
	},
	{
		codes: /^TOO_LARGE$/,
		message: (host) => `${host} answered with a page that is too large to be ours.`,
		next: 'Check the address: the token function answers a few lines of JSON.',
	},
];
