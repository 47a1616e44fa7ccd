/**
 * The value of the marker cookie, undefined for a guest; what others have written there is none. Of two
 * cookies of that name the first one counts: browsers list the more specific path first.
 */
const readMarker = () => {
	try {
		return document.cookie.match(/(^| )app_inbox_user=(\w{40})(;|$)/)?.[2];
	} catch {}
};

/** The marker as it was at `init`; or '', which no marker is, when WordPress knew better. */
let seen: string | undefined;

/** Remembers whose page this is from now on. */
export const meetVisitor = () => (seen = readMarker());

/** Whatever the marker says: WordPress answered as to a guest. */
export const isGuest = (): undefined => {
	seen = '';
};

/** Whether nobody has logged in or out since `init`, in this tab or another. */
export const isSameVisitor = () => seen === readMarker();

/**
 * Loads the page anew when it comes to sight again, out of the browser's history or from behind other
 * tabs, and its visitor is no longer the one who is logged in: the bell that it shows is theirs.
 */
export function reloadForOthers() {
	['pageshow', 'visibilitychange'].map((type) =>
		addEventListener(type, (event) => {
			// Not at first sight: where a consent tool takes the marker away from each page, and WordPress
			// gives it back, loading would never end.
			if (((event as PageTransitionEvent).persisted ?? true) && seen && !isSameVisitor()) {
				location.reload();
			}
		})
	);
}
