// The command line under Node: node skein-cli.mjs [options] FILE [arguments]
import { setFlagsFromString } from 'node:v8';

if (process.versions.bun) {
  console.error('skein: threads of WebAssembly modules hang under Bun; run this with Node');
  process.exit(1);
}
setFlagsFromString('--wasm-lazy-compilation');  // a fifth less to wait until a program starts
const { default: start } = await import('./skein-node.mjs');
await start({ arguments: process.argv.slice(2) });
