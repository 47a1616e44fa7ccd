import { demandsOf, describe, isApi, permissionOf, type Api, type Demand } from './demands.ts';
import type { Template } from './parse-template.ts';
import { readPolicy } from './permissions.ts';
import { parseCode, walk, type AnyNode } from './syntax-tree.ts';

/**
 * Least privilege: each API has its permission, each call with literal arguments its own entry, and
 * nothing is granted that no call demands.
 */
export function lintPermissions({ code, permissions }: Template): string[] {
	const policy = readPolicy(permissions);
	const { required, calls, isComplete } = usesOf(code);
	const demanded = calls.flatMap(({ api, args }) => demandsOf(api, args));
	const needed = new Set(required.map(permissionOf));
	const granted = new Set(permissions.map(({ instance }) => instance.key.publicId));

	const missing = [...needed]
		.filter((name) => name !== undefined && !granted.has(name))
		.map((name) => `An API needs the permission ${name}, which the template lacks. Add it.`);
	const uncovered = demanded
		.filter((demand) => granted.has(demand.permission) && !policy.allows(demand))
		.map((demand) => `The code calls for ${describe(demand)}, which is not granted. Add it.`);
	const idle = [...granted]
		.filter((name) => ![...needed].some((permission) => permission === name))
		.map((name) => `The permission ${name} belongs to no required API. Take it out.`);
	const excess = policy.grants
		.filter(
			(grant) =>
				isComplete(grant) &&
				needed.has(grant.permission) &&
				!demanded.some((demand) => matches(grant, demand))
		)
		.map((grant) => `No call needs ${describe(grant)}. Take it out.`);
	return [...new Set([...missing, ...uncovered, ...idle, ...excess])];
}

const PREFIXED = /[*].*$/;
const matches = (grant: Demand, demand: Demand) =>
	describe(grant) === describe(demand) ||
	(PREFIXED.test(describe(grant)) &&
		describe(demand).startsWith(describe(grant).replace(PREFIXED, '')));

interface Call {
	api: Api;
	args: (string | undefined)[];
}

function usesOf(code: string) {
	const program = parseCode(code);
	const apiOf = new Map<string, Api>();
	const constants = new Map<string, string>();
	const required: Api[] = [];
	walk(program, (node) => {
		const api = requiredBy(node);
		if (api) {
			required.push(api);
		}
		if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) {
			return;
		}
		const { init } = node;
		if (init.type === 'Literal' && typeof init.value === 'string') {
			constants.set(node.id.name, init.value);
		}
		const named = requiredBy(init);
		if (named) {
			apiOf.set(node.id.name, named);
		}
	});
	const calls: Call[] = [];
	const vague = new Set<string | undefined>();
	walk(program, (node) => {
		if (node.type !== 'CallExpression') {
			return;
		}
		const api = calledApi(node.callee, apiOf);
		if (api) {
			const args = node.arguments.map((argument) => literal(argument, constants));
			const isKnown = demandsOf(api, args).every(
				(demand) => !describe(demand).includes('undefined')
			);
			if (isKnown) {
				calls.push({ api, args });
			} else {
				vague.add(permissionOf(api));
			}
		}
	});
	return {
		required,
		calls,
		/** Whether every call that could need this grant has arguments that are known. */
		isComplete: ({ permission }: Demand) => !vague.has(permission),
	};
}

function requiredBy(node: AnyNode): Api | undefined {
	const [name] =
		node.type === 'CallExpression' &&
		node.callee.type === 'Identifier' &&
		node.callee.name === 'require'
			? node.arguments
			: [];
	return name?.type === 'Literal' && isApi(name.value) ? name.value : undefined;
}

function calledApi(callee: AnyNode, apiOf: Map<string, Api>): Api | undefined {
	const object = callee.type === 'MemberExpression' ? callee.object : callee;
	return object.type === 'Identifier' ? apiOf.get(object.name) : requiredBy(object);
}

function literal(node: AnyNode, constants: Map<string, string>): string | undefined {
	if (node.type === 'Literal') {
		return String(node.value);
	}
	return node.type === 'Identifier' ? constants.get(node.name) : undefined;
}
