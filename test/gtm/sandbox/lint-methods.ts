import type { Complaint } from './complaint.ts';
import { walk, type AnyNode, type Program } from './syntax-tree.ts';

/** The methods of arrays, strings and the rest that Tag Manager's standard library lists. */
const LISTED = [
	...'concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight'.split(
		' '
	),
	...'reverse shift slice some sort splice toString unshift'.split(' '),
	...'charAt charCodeAt match replace search split substring substr'.split(' '),
	...'toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase trim'.split(' '),
	'hasOwnProperty',
];

const NATIVE = [Array, String, Number, Boolean, Object, Function].flatMap(({ prototype }) =>
	Object.getOwnPropertyNames(prototype)
);

/** Ways out of the sandbox, read or called. */
const INNER = [
	'constructor',
	'prototype',
	'__proto__',
	'caller',
	'callee',
	'call',
	'apply',
	'bind',
];

export function lintMethods(program: Program): Complaint[] {
	const complaints: Complaint[] = [];
	const apis = requiredNames(program);
	walk(program, (node, [parent]) => {
		const name = memberName(node);
		const line = node.loc?.start.line ?? 1;
		if (name === undefined) {
			return;
		}
		if (INNER.includes(name)) {
			complaints.push({
				line,
				what: `the property ${name}`,
				instead: 'call the function itself, with plain arguments',
			});
		} else if (
			parent?.type === 'CallExpression' &&
			parent.callee === node &&
			NATIVE.includes(name) &&
			!LISTED.includes(name) &&
			!isApiObject(node, apis)
		) {
			complaints.push({
				line,
				what: `the method ${name}`,
				instead: `only these exist: ${LISTED.join(', ')}`,
			});
		}
	});
	return complaints;
}

function memberName(node: AnyNode): string | undefined {
	if (node.type !== 'MemberExpression') {
		return undefined;
	}
	if (!node.computed) {
		return node.property.type === 'Identifier' ? node.property.name : undefined;
	}
	return node.property.type === 'Literal' ? String(node.property.value) : undefined;
}

/** `Object.entries` is the API's own, not a method of a value. */
const isApiObject = (node: AnyNode, apis: Set<string>) =>
	node.type === 'MemberExpression' &&
	(isRequire(node.object) || (node.object.type === 'Identifier' && apis.has(node.object.name)));

function requiredNames(program: Program): Set<string> {
	const names = new Set<string>();
	walk(program, (node) => {
		if (
			node.type === 'VariableDeclarator' &&
			node.id.type === 'Identifier' &&
			isRequire(node.init)
		) {
			names.add(node.id.name);
		}
	});
	return names;
}

const isRequire = (node: AnyNode | null | undefined) =>
	node?.type === 'CallExpression' &&
	node.callee.type === 'Identifier' &&
	node.callee.name === 'require';
