/*
 * What a bell's icon may be made of, in the spelling of SVG: the settings page cleans an icon by these
 * lists, and PHP by the same ones before it is stored. They are DOMPurify's for pictures and filters,
 * without what no browser draws (SVG's own fonts) and what leads out of the picture.
 */

const words = (text: string) => text.trim().split(/\s+/);

export const ICON_ELEMENTS = words(`
	svg g defs symbol use switch view title desc
	path circle ellipse line polygon polyline rect text textPath tspan
	clipPath mask marker pattern linearGradient radialGradient stop
	animateMotion animateTransform mpath
	filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
	feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
	feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
	feTurbulence
`);

/** Those that name a part of the picture itself, as `#part`. */
export const ICON_LINKS = ['href', 'xlink:href'];

/** Those that name a standard, by an address that nobody asks. */
export const ICON_NAMESPACES = ['xmlns', 'xmlns:xlink'];

/** All others. What they hold may point into the picture by `url(#part)`. */
export const ICON_ATTRIBUTES = words(`
	id lang tabindex xml:id xml:space xlink:title version viewBox preserveAspectRatio zoomAndPan
	x y x1 x2 y1 y2 z cx cy dx dy r rx ry fx fy width height d points path pathLength
	transform transform-origin offset origin scale rotate radius
	fill fill-opacity fill-rule clip clip-path clip-rule clipPathUnits mask mask-type maskContentUnits maskUnits
	color color-interpolation color-interpolation-filters color-rendering display visibility opacity overflow
	stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
	stroke-width stop-color stop-opacity paint-order vector-effect pointer-events
	image-rendering shape-rendering text-rendering systemLanguage
	marker-end marker-mid marker-start markerHeight markerUnits markerWidth orient refX refY
	gradientTransform gradientUnits spreadMethod patternContentUnits patternTransform patternUnits
	alignment-baseline baseline-shift direction dominant-baseline font-family font-size font-size-adjust
	font-stretch font-style font-variant font-weight kerning lengthAdjust letter-spacing startOffset
	text-anchor text-decoration text-orientation textLength word-spacing writing-mode
	accumulate additive attributeName attributeType begin by dur end keyPoints keySplines keyTimes max min
	repeatCount repeatDur restart values
	filter filterUnits primitiveUnits amplitude azimuth baseFrequency bias diffuseConstant divisor edgeMode
	elevation exponent flood-color flood-opacity in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
	lighting-color mode numOctaves operator order preserveAlpha result seed slope specularConstant
	specularExponent stdDeviation stitchTiles surfaceScale tableValues targetX targetY type
	xChannelSelector yChannelSelector
`);
