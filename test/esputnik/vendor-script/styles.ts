const CSS = `
:host {
	all: initial !important;
	display: inline-block !important;
	position: relative !important;
	flex: none !important;
	vertical-align: middle !important;
	color: #101828 !important;
	font: 400 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif !important;
	text-align: start !important;
}
:host([data-corner]) {
	position: fixed !important;
	inset-block-end: 20px !important;
	inset-inline-end: 20px !important;
	z-index: 2147483000 !important;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; }
svg {
	display: block; inline-size: 22px; block-size: 22px; fill: none; stroke: currentColor;
	stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round;
}
:focus-visible { outline: 2px solid #2563eb; outline-offset: 2px; }

.bell {
	position: relative; display: grid; place-items: center; inline-size: 44px; block-size: 44px;
	margin: 0; padding: 0; border: 1px solid #e4e7ec; border-radius: 50%; background: #fff;
	box-shadow: 0 1px 2px rgb(16 24 40 / 8%), 0 2px 6px rgb(16 24 40 / 6%);
	transition: background-color .15s, box-shadow .15s;
}
.bell:hover, .bell[aria-expanded=true] { background: #f5f7fa; }
:host([data-corner]) .bell {
	inline-size: 56px; block-size: 56px; box-shadow: 0 4px 16px rgb(16 24 40 / 20%);
}
.badge {
	position: absolute; inset-block-start: -5px; inset-inline-end: -5px; min-inline-size: 20px;
	block-size: 20px; padding: 0 5px; border-radius: 10px; background: #d92d20; color: #fff;
	box-shadow: 0 0 0 2px #fff; font-size: 12px; font-weight: 600; line-height: 20px;
	text-align: center; font-variant-numeric: tabular-nums; animation: pop .25s ease-out;
}

.panel {
	position: fixed; inset: auto; z-index: 2147483001; display: flex; flex-direction: column;
	margin: 0; padding: 0; overflow: hidden; border: 1px solid #e4e7ec; border-radius: 16px;
	background: #fff; color: #101828; outline: none;
	box-shadow: 0 4px 8px rgb(16 24 40 / 6%), 0 16px 40px rgb(16 24 40 / 16%);
	animation: rise .16s ease-out;
}
header {
	display: flex; align-items: center; justify-content: space-between; gap: 8px; flex: none;
	padding-block: 12px; padding-inline: 20px 12px; border-block-end: 1px solid #eef0f3;
}
h2, h3, p, ul, ol { margin: 0; padding: 0; }
h2 { font-size: 17px; font-weight: 650; letter-spacing: -.01em; }
.close {
	display: grid; place-items: center; inline-size: 36px; block-size: 36px; margin: 0; padding: 0;
	border: 0; border-radius: 50%; background: none; color: #667085;
}
.close:hover { background: #f2f4f7; color: #101828; }
.close svg { inline-size: 18px; block-size: 18px; }
.body { overflow: auto; overscroll-behavior: contain; }
.note { padding: 36px 24px; color: #667085; font-size: 14px; text-align: center; }
.messages { list-style: none; }
.messages > li {
	position: relative; display: flex; gap: 12px; padding-block: 14px; padding-inline: 32px 20px;
	border-block-end: 1px solid #eef0f3;
}
.messages > li:last-child { border-block-end: 0; }
li.unread { background: #f5f9ff; }
li.unread::before {
	content: ''; position: absolute; inset-block-start: 21px; inset-inline-start: 14px;
	inline-size: 8px; block-size: 8px; border-radius: 50%; background: #2563eb;
}
img { inline-size: 44px; block-size: 44px; flex: none; border-radius: 10px; object-fit: cover; }
.text { min-inline-size: 0; flex: 1; overflow-wrap: anywhere; }
h3 { font-size: 15px; font-weight: 500; line-height: 1.4; }
.unread h3 { font-weight: 650; }
.content { margin-block-start: 2px; color: #475467; font-size: 14px; }
.content :is(ul, ol) { padding-inline-start: 18px; }
.content ul { list-style: disc; }
.content :is(p, ul, ol) + * { margin-block-start: 6px; }
.foot {
	display: flex; justify-content: space-between; gap: 12px; margin-block-start: 8px;
	font-size: 13px;
}
time { color: #667085; }
a { color: #1d4ed8; font-weight: 550; text-decoration: none; }
a:hover { text-decoration: underline; }
.hint {
	position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
	clip-path: inset(50%); white-space: nowrap;
}

@keyframes pop { from { transform: scale(.4); } 70% { transform: scale(1.12); } }
@keyframes rise { from { opacity: 0; transform: translateY(-6px); } }
@media (prefers-reduced-motion: reduce) {
	*, ::before { animation: none !important; transition: none !important; }
}
`;

/** As a constructed sheet where the browser has them: a page's CSP cannot forbid those. */
export function addStyles(shadow: ShadowRoot): void {
	if ('adoptedStyleSheets' in shadow && 'replaceSync' in CSSStyleSheet.prototype) {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(CSS);
		shadow.adoptedStyleSheets = [sheet];
	} else {
		const style = document.createElement('style');
		style.textContent = CSS;
		shadow.append(style);
	}
}
