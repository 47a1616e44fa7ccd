import { createLoad } from './edge/load.ts';
import { startProgram } from './edge/process.ts';
import { bundlePrograms } from './edge/programs.ts';
import { startVendor, startWordPress } from './edge/stand-ins.ts';
import { createEdDsaSigner, signedVisit } from './edge/visits.ts';
import { API_KEY } from './edge/throughput.ts';
const kind = process.argv[2] ?? 'seen';
const prof = process.argv[3] === 'prof';
const programs = await bundlePrograms();
const { signer, jwk } = createEdDsaSigner('bench');
const [vendor, wordpress] = await Promise.all([startVendor(), startWordPress([jwk])]);
const site = wordpress.url;
const env: Record<string,string> = { SITE_URL: site, ESPUTNIK_API_KEY: API_KEY, ESPUTNIK_API_URL: vendor.url, RATE_LIMIT_PER_MINUTE: '100000', LOG_LEVEL: process.env.LL ?? 'info' };
if (prof) env.BX_FILE = programs.edge;
const edge = await startProgram(prof ? '/tmp/bx/wrap.mjs' : programs.edge, env, '/app-inbox/health', '/tmp/bx/log');
const bare = await startProgram(programs.bareProxy, { VENDOR: vendor.url, API_KEY }, '/');
const el = createLoad(edge.origin, '/app-inbox/token'), bl = createLoad(bare.origin, '/token');
const make = (n: number) => Array.from({ length: n }, (_, i) => signedVisit(site, signer, String(i % 500 + 1)));
const reg = make(500);
const take = async (p: any, l: any, v: any[], n = 4000) => { const b = p.cpuSeconds(); await l.run(n, (i: number) => v[i % v.length]); return n / (p.cpuSeconds() - b); };
const rs: number[] = [], es: number[]=[];
for (let r = -4; r < (prof ? 10 : Number(process.env.R ?? 12)); r++) {
  const v = kind === 'new' ? make(4000) : reg;
  const b = prof ? 1 : await take(bare, bl, v);
  const e = await take(edge, el, v);
  if (process.env.V) console.log(r, (1e6/b).toFixed(1), (1e6/e).toFixed(1));
  if (r >= 0) { rs.push(e / b); es.push(e); }
}
rs.sort((a, b) => a - b); es.sort((a,b)=>a-b);
console.log(kind, 'ratio', rs[rs.length >> 1].toFixed(3), 'us', (1e6/es[es.length>>1]).toFixed(1));
await el.close(); await bl.close();
await edge.stop(); await bare.stop(); await vendor.close(); await wordpress.close(); await programs.remove();
