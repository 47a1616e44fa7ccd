/** The page of a shop that no WordPress made. `head` stands where its owner pastes things. */
export const shopPage = (head: string, customer: string | undefined) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kettle & Linen</title>
<link rel="icon" href="data:,">
${head}
<style>${STYLE}</style>
</head>
<body>
<header>
	<a class="name" href="/">Kettle <i>&amp;</i> Linen</a>
	<nav><a href="/">Kitchen</a><a href="/next">Home</a><a href="/">Gifts</a>
		<span class="who">${customer ? 'Hello, Anna' : '<a href="/">Log in</a>'}</span></nav>
</header>
<main>
	<section class="hero">
		${drawing('#e9ddcf', KETTLE)}
		<div>
			<p class="over">New this week</p>
			<h1>Slow mornings,<br>made well.</h1>
			<p>Kettles that sing, cups that stay warm, and linen that gets softer with every wash.</p>
			<a class="button" href="/">See what is new</a>
		</div>
	</section>
	<section class="goods">${GOODS.map(
		([name, price, colour, shape]) => `
		<a class="card" href="/">${drawing(colour, shape)}<b>${name}</b><span>${price}</span></a>`
	).join('')}
	</section>
</main>
</body>
</html>
`;

const drawing = (colour: string, shape: string) =>
	`<svg viewBox="0 0 120 100" aria-hidden="true"><rect width="120" height="100" rx="10" fill="${colour}"/>${shape}</svg>`;

const KETTLE = `<path d="M38 78q-7-38 22-40 29 2 22 40z" fill="#b4552d"/><path d="M80 52q14-2 16-14l-6-1q-3 8-11 8z" fill="#93421f"/>
	<path d="M44 40q0-22 16-22t16 22" fill="none" stroke="#3f342c" stroke-width="4"/><circle cx="60" cy="36" r="3.5" fill="#3f342c"/>`;
const CUP = `<path d="M38 42h38v18q0 18-19 18T38 60z" fill="#3f6f68"/><path d="M76 47q14 0 12 11t-14 9" fill="none" stroke="#3f6f68" stroke-width="5"/>
	<path d="M50 34q-4-6 0-11m12 11q-4-6 0-11" fill="none" stroke="#8aa7a1" stroke-width="2.5" stroke-linecap="round"/>`;
const LINEN = `<path d="M30 36h60v10H30z" fill="#d8c7a8"/><path d="M30 49h60v10H30z" fill="#c3ad87"/><path d="M30 62h60v12H30z" fill="#a98f66"/>`;
const POT = `<path d="M36 46h48l-5 32H41z" fill="#c9744a"/><path d="M60 46q-20-6-16-26 16 4 16 26 0-22 17-27 3 22-17 27" fill="#5d7d4b"/>`;
const GOODS = [
	['Enamel kettle', '€49.00', '#efe4d8', KETTLE],
	['Stoneware cup', '€14.50', '#e0e9e5', CUP],
	['Linen blanket', '€79.00', '#eee9df', LINEN],
	['Kitchen herbs', '€12.00', '#e7ebdd', POT],
] as const;

const STYLE = `
* { box-sizing: border-box; margin: 0; }
body { font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: #2e2722; background: #fbf8f4; }
a { color: inherit; text-decoration: none; }
header { display: flex; align-items: center; gap: 20px; padding: 16px max(20px, calc(50vw - 540px)); background: #fff; border-bottom: 1px solid #ece4da; }
.name { font: 600 22px/1 Georgia, serif; margin-inline-end: auto; white-space: nowrap; }
.name i { color: #b4552d; font-weight: 400; }
nav { display: flex; align-items: center; gap: 24px; font-size: 15px; }
.who { padding-inline-start: 24px; border-inline-start: 1px solid #ece4da; color: #6d6259; white-space: nowrap; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 56px; }
.hero { display: grid; grid-template-columns: 300px 1fr; align-items: center; gap: 40px; padding: 28px; border-radius: 20px; background: #f3eadf; }
.hero svg { width: 100%; }
.over { color: #b4552d; font-size: 13px; font-weight: 650; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: 8px 0 12px; font: 500 40px/1.12 Georgia, serif; }
.hero p:not(.over) { max-width: 30ch; color: #5d524a; }
.button { display: inline-block; margin-top: 20px; padding: 11px 20px; border-radius: 999px; background: #2e2722; color: #fff; font-weight: 550; }
.goods { display: grid; grid-template-columns: repeat(4, 1fr); gap: 20px; margin-top: 28px; }
.card { display: grid; align-content: start; gap: 2px; padding: 12px 12px 14px; border: 1px solid #ece4da; border-radius: 14px; background: #fff; }
.card svg { width: 100%; margin-bottom: 8px; }
.card b { font-weight: 600; }
.card span { color: #6d6259; }
@media (max-width: 720px) {
	nav a { display: none; }
	.who { padding: 0; border: 0; }
	.who a { display: inline; }
	.hero { grid-template-columns: 1fr; padding: 24px; }
	.hero svg { display: none; }
	h1 { font-size: 34px; }
	.goods { grid-template-columns: 1fr 1fr; gap: 12px; }
}`;
