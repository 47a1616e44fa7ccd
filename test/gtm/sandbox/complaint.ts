/** What the sandbox would refuse, where, and what to write instead. */
export interface Complaint {
	line: number;
	what: string;
	instead: string;
}
