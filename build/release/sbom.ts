import { PLUGIN_NAME } from '../paths.ts';
import type { Package } from './packages.ts';

/** The project's. */
export const LICENCE = 'GPL-2.0-or-later';

interface Contents {
	name: string;
	sha256: string;
	/** As SPDX writes it. */
	license: string;
	packages: Package[];
}

/**
 * The list of parts as CycloneDX 1.6: each artefact with its checksum, and the packages of which
 * code is bundled in it. Without a date and a serial number, so that the same parts give the same
 * list.
 */
export function bomOf(version: string, artefacts: Contents[]) {
	const product = `${PLUGIN_NAME}@${version}`;
	const packages = new Map(
		artefacts.flatMap((artefact) => artefact.packages.map((found) => [purlOf(found), found]))
	);
	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			component: {
				type: 'application',
				'bom-ref': product,
				name: PLUGIN_NAME,
				version,
				licenses: licensesOf(LICENCE),
			},
		},
		components: [
			...artefacts.map(({ name, sha256, license }) => ({
				type: 'file',
				'bom-ref': name,
				name,
				version,
				hashes: [{ alg: 'SHA-256', content: sha256 }],
				licenses: licensesOf(license),
			})),
			...[...packages.keys()].sort().map((purl) => {
				const { name, version: its, license } = packages.get(purl)!;
				return {
					type: 'library',
					'bom-ref': purl,
					name,
					version: its,
					licenses: licensesOf(license),
					purl,
				};
			}),
		],
		dependencies: [
			{ ref: product, dependsOn: artefacts.map(({ name }) => name) },
			...artefacts.map(({ name, packages: its }) => ({
				ref: name,
				dependsOn: its.map(purlOf),
			})),
		],
	};
}

const purlOf = ({ name, version }: Package) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** One licence by its id, several as an expression. */
const licensesOf = (license: string) =>
	/^[\w.+-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }];
