import * as React from '@wordpress/element';
import type { ReactNode } from 'react';

interface Labelled {
	/** What the picture shows, in words. */
	label: string;
}

const ACCENT = 'var(--app-inbox-accent)';
const LINE = '#c3c4c7';
const TEXT = '#a7aaad';
const GOOD = 'var(--app-inbox-good)';

/** Admin → Import Container: the file, and a new workspace. */
export const ChooseFile = ({ label }: Labelled) => (
	<Screen label={label}>
		<rect x="8" y="26" width="62" height="116" fill="#f6f7f7" />
		<Words x={16} y={38} width={40} />
		<rect x="8" y="52" width="62" height="20" fill={ACCENT} opacity="0.12" />
		<rect x="8" y="52" width="3" height="20" fill={ACCENT} />
		<Words x={16} y={60} width={44} colour={ACCENT} />
		<Words x={16} y={82} width={32} />
		<Words x={16} y={98} width={42} />
		<Words x={16} y={114} width={36} />
		<Words x={82} y={38} width={56} />
		<rect
			x="82"
			y="50"
			width="142"
			height="34"
			rx="4"
			fill="#fff"
			stroke={ACCENT}
			strokeWidth="2"
		/>
		<path d="M92 58h10l6 6v14H92z" fill="#fff" stroke={ACCENT} strokeWidth="1.5" />
		<path d="M102 58v6h6" fill="none" stroke={ACCENT} strokeWidth="1.5" />
		<text x="166" y="71.5" textAnchor="middle" fontSize="12" fill="#1e1e1e" direction="ltr">
			container.json
		</text>
		<Words x={82} y={98} width={70} />
		<rect x="82" y="110" width="66" height="22" rx="11" fill={ACCENT} />
		<path d="M94 121h10M99 116v10" stroke="#fff" strokeWidth="2" />
		<Words x={110} y={119} width={26} colour="#fff" />
		<rect x="156" y="110" width="68" height="22" rx="11" fill="#fff" stroke={LINE} />
		<Words x={170} y={119} width={40} />
	</Screen>
);

/** The import option: Merge, and what has the same name is renamed. */
export const Merge = ({ label }: Labelled) => (
	<Screen label={label}>
		<Words x={22} y={38} width={74} />
		<rect x="22" y="50" width="86" height="82" rx="4" fill="#fff" stroke={LINE} />
		<Radio x={36} y={64} />
		<Words x={48} y={62} width={46} />
		<rect x="46" y="80" width="30" height="38" rx="2" fill="#f0f0f1" stroke={LINE} />
		<path d="M54 91l14 16M68 91l-14 16" stroke={TEXT} strokeWidth="2" />
		<rect
			x="120"
			y="50"
			width="98"
			height="82"
			rx="4"
			fill="#fff"
			stroke={ACCENT}
			strokeWidth="2"
		/>
		<Radio x={134} y={64} chosen />
		<Words x={146} y={62} width={40} colour={ACCENT} />
		<path
			d="M190 69v-12m-6 6h12"
			transform="translate(8 1)"
			stroke={ACCENT}
			strokeWidth="2"
			fill="none"
		/>
		<path d="M130 76h78" stroke={LINE} />
		<Radio x={144} y={92} />
		<Words x={156} y={90} width={50} />
		<Radio x={144} y={114} chosen />
		<Words x={156} y={112} width={42} colour={ACCENT} />
	</Screen>
);

/** The workspace: Preview, then Submit, and the bell on the site. */
export const Publish = ({ label }: Labelled) => (
	<Screen label={label}>
		<Words x={22} y={40} width={48} />
		<rect x="96" y="34" width="58" height="20" rx="4" fill="#fff" stroke={ACCENT} />
		<path
			d="M104 44c3-5 11-5 14 0-3 5-11 5-14 0z"
			fill="none"
			stroke={ACCENT}
			strokeWidth="1.5"
		/>
		<circle cx="111" cy="44" r="1.8" fill={ACCENT} />
		<Words x={123} y={42} width={24} colour={ACCENT} />
		<rect x="162" y="34" width="58" height="20" rx="4" fill={ACCENT} />
		<path d="M176 49V40m-4 4l4-4 4 4" fill="none" stroke="#fff" strokeWidth="1.5" />
		<Words x={187} y={42} width={24} colour="#fff" />
		<rect x="22" y="66" width="198" height="76" fill="#f6f7f7" stroke={LINE} />
		<path d="M22 84h198" stroke={LINE} />
		<Words x={32} y={73} width={36} />
		<Words x={120} y={73} width={22} />
		<Words x={150} y={73} width={22} />
		<circle cx="201" cy="75" r="14" fill="#fff" stroke={ACCENT} strokeWidth="2" />
		<path
			d="M196 78v-4a5 5 0 0 1 10 0v4l1.5 2h-13z"
			fill={ACCENT}
			stroke={ACCENT}
			strokeLinejoin="round"
		/>
		<path d="M199 82a2 2 0 0 0 4 0" fill={ACCENT} />
		<Words x={32} y={96} width={96} />
		<Words x={32} y={108} width={120} />
		<Words x={32} y={120} width={80} />
		<circle cx="201" cy="122" r="11" fill={GOOD} />
		<path d="M196 122l4 4 7-8" fill="none" stroke="#fff" strokeWidth="2" />
	</Screen>
);

function Screen({ label, children }: Labelled & { children: ReactNode }) {
	return (
		<svg viewBox="7 7 226 136" role="img" aria-label={label}>
			<rect x="8" y="8" width="224" height="134" fill="#fff" />
			{children}
			<path d="M8 26V12a4 4 0 0 1 4-4h216a4 4 0 0 1 4 4v14z" fill="#3c434a" />
			<path d="M20 11.500l5.5 5.5-5.5 5.5-5.5-5.500z" fill="#8ab4f8" />
			<Words x={34} y={15} width={52} colour="#a7aaad" />
			<rect x="8" y="8" width="224" height="134" rx="4" fill="none" stroke={LINE} />
		</svg>
	);
}

/** A line of text, whatever it says. */
const Words = (line: { x: number; y: number; width: number; colour?: string }) => (
	<rect x={line.x} y={line.y} width={line.width} height="4" rx="2" fill={line.colour ?? TEXT} />
);

const Radio = ({ x, y, chosen = false }: { x: number; y: number; chosen?: boolean }) => (
	<>
		<circle cx={x} cy={y} r="5" fill="#fff" stroke={chosen ? ACCENT : TEXT} strokeWidth="1.5" />
		{chosen && <circle cx={x} cy={y} r="2.5" fill={ACCENT} />}
	</>
);
