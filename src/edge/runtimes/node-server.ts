/** Node's entry: `node dist/edge/node/server.mjs`. The bundle puts the front end's text in. */
import { loader, rootPage, version } from 'virtual:loader';
import { main } from './node.ts';

await main(process.env, { loader, rootPage, version });
