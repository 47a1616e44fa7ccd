/**
 * An SVG as the address of an image, which runs nothing and shares no style with this page. The text
 * colour is what `currentColor` in the picture becomes.
 */
export const asImage = (svg: string, textColor: string) =>
	`data:image/svg+xml,${encodeURIComponent(
		svg.replace(/^<svg/, `<svg style="color:${textColor}"`)
	)}`;
