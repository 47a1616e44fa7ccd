import {
	callsIn,
	callsOf,
	lineOf,
	nameOf,
	nameText,
	textConstants,
	textOf,
	valueOf,
	type PhpCall,
	type PhpFile,
	type PhpNode,
} from './php.ts';

/** Finds what is wrong in the plugin's PHP, each as “file:line what”. */
export type Rule = (files: PhpFile[]) => string[];

const DOMAIN = 'app-inbox-for-esputnik';
const NAMESPACE = 'AppInboxForESputnik';

/** A rule that looks at every call. */
const onCalls =
	(
		judge: (call: PhpCall, file: PhpFile, constants: Map<string, string>) => string | false
	): Rule =>
	(files) => {
		const constants = textConstants(files);
		return files.flatMap((file) =>
			callsOf(file).flatMap((call) => {
				const fault = judge(call, file, constants);
				return fault === false ? [] : [`${file.name}:${call.line} ${fault}`];
			})
		);
	};

const neverCalls = (names: RegExp) => onCalls(({ name }) => names.test(name) && name);

/** A rule that looks at the text; comments are part of it. */
const neverSays =
	(words: RegExp): Rule =>
	(files) =>
		files.flatMap(({ name, source }) =>
			source
				.split('\n')
				.flatMap((line, index) =>
					words.test(line) ? [`${name}:${index + 1} ${line}`] : []
				)
		);

/** On the same line or the one above, with a reason. */
function isExplained(file: PhpFile, line: number, sniff: string): boolean {
	const lines = file.source.split('\n');
	return [lines[line - 1], lines[line - 2]].some((text) =>
		new RegExp(`phpcs:ignore ${sniff}[\\w.]* -- \\w`).test(text ?? '')
	);
}

const ESCAPES =
	/^(esc_(html|attr|url|js|textarea|xml)(__|_x)?|wp_kses(_post|_data)?|absint|intval|checked|selected|disabled|wp_nonce_field|number_format_i18n)$/;

function isSafe(node: PhpNode): boolean {
	switch (node.kind) {
		case 'string':
		case 'number':
			return true;
		case 'bin':
			return isSafe(node.left as PhpNode) && isSafe(node.right as PhpNode);
		case 'retif':
			return isSafe(node.trueExpr as PhpNode) && isSafe(node.falseExpr as PhpNode);
		case 'call':
			return ESCAPES.test(nameOf(node.what));
		default:
			return false;
	}
}

export const lateEscaping: Rule = (files) =>
	files.flatMap((file) =>
		file.nodes.flatMap(({ node }) => {
			const name = node.kind === 'call' ? nameOf(node.what) : node.kind;
			const output = {
				echo: node.expressions,
				print: [node.expression],
				printf: node.arguments,
				vprintf: node.arguments,
				wp_die: (node.arguments as PhpNode[] | undefined)?.slice(0, 1),
				_e: [node],
				_ex: [node],
			}[name] as PhpNode[] | undefined;
			return (output ?? []).every(
				(part) =>
					isSafe(part) ||
					isExplained(file, lineOf(part), 'WordPress.Security.EscapeOutput') ||
					isExplained(file, lineOf(node), 'WordPress.Security.EscapeOutput')
			)
				? []
				: [`${file.name}:${lineOf(node)} ${name} of something that is not escaped`];
		})
	);

/** Every phpcs:ignore names a rule and says why. */
export const explained = neverSays(
	/phpcs:(disable|enable|ignoreFile)|phpcs:ignore(?! [\w.]+ -- \w)/
);

const ASKS_FOR_RIGHTS = /^(current_user_can|user_can)$/;
const ASKS_FOR_NONCE = /^(wp_verify_nonce|check_admin_referer|check_ajax_referer)$/;

const entryPoint = onCalls(({ name, args }, _, constants) => {
	if (name === 'add_action') {
		const hook = textOf(args[0], constants);
		const guarded =
			args[1] !== undefined &&
			callsIn(args[1], ASKS_FOR_NONCE) &&
			callsIn(args[1], ASKS_FOR_RIGHTS);
		return (
			/^(wp_ajax_|admin_post_)/.test(hook) &&
			!guarded &&
			`${hook} without a nonce and a right`
		);
	}
	if (name === 'register_rest_route') {
		const permission = valueOf(args[2], 'permission_callback');
		return !(permission && callsIn(permission, ASKS_FOR_RIGHTS)) && 'a route for everybody';
	}
	if (/^register_(post_|term_|user_)?meta$/.test(name)) {
		const options = args[args.length - 1];
		const auth = valueOf(options, 'auth_callback');
		return !(auth && callsIn(auth, ASKS_FOR_RIGHTS)) && 'meta for everybody';
	}
	if (/^add_(options|menu|submenu|management|theme|users|dashboard)_page$/.test(name)) {
		return (
			textOf(args[name === 'add_submenu_page' ? 3 : 2], constants) !== 'manage_options' &&
			name
		);
	}
	return false;
});

const requestVariable: Rule = (files) =>
	files.flatMap((file) =>
		file.nodes.flatMap(({ node, around }) => {
			if (
				node.kind !== 'variable' ||
				!/^_(POST|REQUEST|FILES|GET|SERVER)$/.test(String(node.name))
			) {
				return [];
			}
			const within = around.find(({ kind }) => kind === 'function' || kind === 'closure');
			const changes = /POST|REQUEST|FILES/.test(String(node.name));
			const guarded =
				within && callsIn(within, ASKS_FOR_NONCE) && callsIn(within, ASKS_FOR_RIGHTS);
			return guarded ||
				(!changes &&
					isExplained(file, lineOf(node), 'WordPress.Security.NonceVerification'))
				? []
				: [`${file.name}:${lineOf(node)} $${String(node.name)} of anybody`];
		})
	);

export const entryPoints: Rule = (files) => [...entryPoint(files), ...requestVariable(files)];

export const directFileAccess: Rule = (files) =>
	files.flatMap(({ name, tree }) => {
		const outer = tree.children as PhpNode[];
		const space = outer.find(({ kind }) => kind === 'namespace');
		const first = ((space?.children ?? outer) as PhpNode[])[0];
		const test = first?.expression as PhpNode | undefined;
		const guard = test?.kind === 'bin' && test.type === '||' && (test.left as PhpNode);
		const stops = (test?.right as PhpNode | undefined)?.kind === 'exit';
		return guard && nameOf(guard.what) === 'defined' && stops ? [] : [`${name}:1 no guard`];
	});

/** Where each function has its text domain. */
const TRANSLATES: Record<string, number> = {
	__: 1,
	_e: 1,
	esc_html__: 1,
	esc_html_e: 1,
	esc_attr__: 1,
	esc_attr_e: 1,
	_x: 2,
	_ex: 2,
	esc_html_x: 2,
	esc_attr_x: 2,
	_n: 3,
	_nx: 4,
	_n_noop: 2,
	_nx_noop: 3,
	load_plugin_textdomain: 0,
	wp_set_script_translations: 1,
};

export const i18nUsage = onCalls(({ name, args }) => {
	const at = TRANSLATES[name];
	if (at === undefined) {
		return name === 'translate' && name;
	}
	const literal = args.slice(0, at).every(({ kind }) => kind === 'string');
	const text = literal || name === 'wp_set_script_translations';
	return !(text && args[at]?.kind === 'string' && args[at].value === DOMAIN) && name;
});

/** What stores or offers something under a name of ours, and where the name stands. */
const NAMED: [functions: RegExp, at: number, name: RegExp][] = [
	[/^(add|update|delete)_(site_)?option$/, 0, /^app_inbox_for_esputnik/],
	[/^(set|delete)_(site_)?transient$/, 0, /^app_inbox_for_esputnik/],
	[/^(add|update|delete)_(post|user|term)_meta$/, 1, /^_?app_inbox_for_esputnik/],
	[/^(apply_filters|do_action)(_ref_array)?$/, 0, /^app_inbox_for_esputnik_/],
	[/^wp_(enqueue|register)_(script|style)$/, 0, /^app-inbox-for-esputnik/],
	[/^register_setting$/, 1, /^app_inbox_for_esputnik/],
	[/^register_rest_route$/, 0, /^app-inbox-for-esputnik\/v\d/],
	[/^register_block_type$/, 0, /^app-inbox-for-esputnik\//],
	[/^add_meta_box$/, 0, /^app-inbox-for-esputnik/],
	[/^add_shortcode$/, 0, /^app_inbox_/],
	[/^(define|class_alias)$/, 0, /^app_inbox_for_esputnik/i],
];

const namedCalls = onCalls(({ name, args, line }, file, constants) => {
	const rule = NAMED.find(([functions]) => functions.test(name));
	const found = rule && textOf(args[rule[1]], constants);
	return (
		rule !== undefined &&
		!rule[2].test(found!) &&
		!isExplained(file, line, 'WordPress.NamingConventions.PrefixAllGlobals') &&
		`${name}( ${found} )`
	);
});

const globals: Rule = (files) =>
	files.flatMap((file) =>
		file.nodes.flatMap(({ node, around }) => {
			const outside = !around.some(({ kind }) =>
				/^(function|closure|arrowfunc|class|method)$/.test(kind)
			);
			const inNamespace = around.some(
				({ kind, name }) => kind === 'namespace' && name === NAMESPACE
			);
			const variable =
				(node.kind === 'assign' && (node.left as PhpNode)) ||
				(node.kind === 'foreach' && (node.value as PhpNode));
			const isFunction = outside && node.kind === 'function' && !inNamespace;
			let name = isFunction ? nameText(node.name) : 'app_inbox_';
			if (outside && variable && variable.kind === 'variable') {
				name = nameText(variable.name);
			}
			return name.startsWith('app_inbox_') ? [] : [`${file.name}:${lineOf(node)} ${name}`];
		})
	);

export const prefixing: Rule = (files) => [...namedCalls(files), ...globals(files)];

export const directDatabase: Rule = (files) => [
	...neverCalls(/^(mysqli?_|pg_|sqlite_|dbDelta$|maybe_create_table$)/)(files),
	...neverSays(/\$wpdb|GLOBALS\[ 'wpdb'|new \\?(mysqli|PDO|SQLite3)\b/)(files),
];

export const queryParameters = neverSays(
	/WP_Query|WP_User_Query|\bget_(posts|users|terms|pages)\(|'(meta_query|tax_query|post__not_in|meta_key)'|ORDER BY RAND/
);

export const obfuscation: Rule = (files) => [
	...onCalls(
		({ name, line }, file) =>
			/^base64_(de|en)code$/.test(name) &&
			!isExplained(file, line, 'WordPress.PHP.DiscouragedPHPFunctions') &&
			name
	)(files),
	...neverCalls(
		/^(str_rot13|gz(inflate|uncompress|decode)|convert_uudecode|create_function|assert|hex2bin|call_user_func(_array)?|extract|parse_str|exec|shell_exec|system|passthru|proc_open|popen|unserialize)$/
	)(files),
	...files.flatMap(({ name, nodes }) =>
		nodes
			.filter(
				({ node }) =>
					node.kind === 'eval' || (node.kind === 'encapsed' && node.type === 'shell')
			)
			.map(({ node }) => `${name}:${lineOf(node)} ${node.kind}`)
	),
	...neverSays(/(\\x[0-9a-f]{2}){4}|[\w+/]{200}/i)(files),
];

export const writesNoFile = neverCalls(
	/^(f(open|write|puts|putcsv)|file_put_contents|unlink|rename|r?mkdir|rmdir|copy|touch|tempnam|tmpfile|chmod|symlink|link|move_uploaded_file|wp_mkdir_p|wp_upload_bits|download_url|unzip_file|WP_Filesystem|media_\w+)$/
);

const enqueues = /^wp_(enqueue|register)_(script|style)$/;

/** From the plugin's own folder, and with a version: a new release is never an old file from a cache. */
export const ownResources = onCalls(({ name, args }) => {
	if (enqueues.test(name)) {
		const own = args[1]?.kind === 'call' && nameOf(args[1].what) === 'plugins_url';
		const version = args[3] && !['nullkeyword', 'boolean'].includes(args[3].kind);
		return !(own && version) && name;
	}
	if (name === 'wp_print_script_tag') {
		const source = valueOf(args[0], 'src');
		return !(source && callsIn(source, /^plugins_url$/)) && name;
	}
	return false;
});

export const inFooter = onCalls(
	({ name, args }) =>
		/^wp_(enqueue|register)_script$/.test(name) &&
		!(args[4]?.kind === 'boolean' && args[4].value === true) &&
		!(args[4]?.kind === 'array') &&
		name
);

/** Nothing is enqueued on the site's pages: the front end is inline. */
export const outOfScope = onCalls(
	({ name, args }, _, constants) =>
		name === 'add_action' &&
		/^(wp_enqueue_scripts|enqueue_block_assets|wp_footer|login_enqueue_scripts|admin_enqueue_scripts)$/.test(
			textOf(args[0], constants)
		) &&
		textOf(args[0], constants)
);

/** eSputnik's own addresses, for people to read; no script, style or picture. */
export const noOtherHosts: Rule = (files) =>
	files.flatMap((file) =>
		file.nodes.flatMap(({ node }) => {
			const text = node.kind === 'string' ? String(node.value) : '';
			const other = /(^|:)\/\/(?!esputnik\.com(\/|$))[a-z0-9-]+\.[a-z]/i.test(text);
			const asset = /\/\/.*\.(js|css|png|jpe?g|gif|svg|woff2?)\b/.test(text);
			return other || asset ? [`${file.name}:${lineOf(node)} ${text}`] : [];
		})
	);

export const safeRedirect: Rule = (files) => [
	...neverCalls(/^wp_redirect$/)(files),
	...neverSays(/header\( ['"]Location/i)(files),
];

export const noUpdater = neverSays(
	/site_transient_update_plugins|auto_update_plugin|plugins_api|upgrader_|Update URI|puc_|plugin-update-checker/i
);

export const noLocalhost = neverSays(/https?:\/\/(localhost|127\.0\.0\.1|\[::1\])/);

export const noUnfilteredUploads = neverSays(/ALLOW_UNFILTERED_UPLOADS/);

export const noReviewLinks = neverSays(/(wordpress|wp)\.org\/.*reviews\/\?filter=5/);

export const menus: Rule = onCalls(
	({ name, args }, _, constants) =>
		/^add_\w+_page$/.test(name) &&
		args.some((arg) => /^https?:|\.(png|jpe?g|gif)$/.test(textOf(arg, constants))) &&
		name
);

export const settingSanitization = onCalls(
	({ name, args }) =>
		name === 'register_setting' && !valueOf(args[2], 'sanitize_callback') && name
);

export const storesNobody = neverCalls(
	/^((add|update)_(user|comment)_meta|update_user_option|wp_(insert|update)_(user|comment)|wp_create_user|wp_mail)$/
);

export const uninstallGuard: Rule = (files) =>
	files
		.filter(({ name }) => name === 'uninstall.php')
		.filter(({ source }) => !/defined\( 'WP_UNINSTALL_PLUGIN' \) \|\| exit;/.test(source))
		.map(({ name }) => `${name}:1 no guard`);

export const readable = neverSays(/^.{500}/);

/** Names of functions that are neither ours, nor PHP's, nor WordPress's. Those asked for with function_exists() count as known. */
export const unknownFunctions =
	(known: Set<string>): Rule =>
	(files) => {
		const own = new Set(
			files.flatMap(({ nodes }) =>
				nodes.flatMap(({ node }) => (node.kind === 'function' ? [nameText(node.name)] : []))
			)
		);
		const asked = new Set(
			files.flatMap(({ source }) =>
				[...source.matchAll(/function_exists\( '(\w+)' \)/g)].map(([, name]) => name)
			)
		);
		return onCalls(
			({ name }) =>
				!known.has(name.toLowerCase()) && !own.has(name) && !asked.has(name) && name
		)(files);
	};
