// The command line under Node: node skein-cli.mjs [options] FILE [arguments]
import { setFlagsFromString } from 'node:v8';

if (process.versions.bun) {
  console.error('skein: threads of WebAssembly modules hang under Bun; run this with Node');
  process.exit(1);
}
// A module with one function, which gives a vector.
const vectors = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x41, 0, 0xfd, 15, 11]);
if (!WebAssembly.validate(vectors)) {
  console.error('skein: WebAssembly has no vectors here (fixed-width SIMD): Node or the processor is too old');
  process.exit(1);
}
setFlagsFromString('--wasm-lazy-compilation');  // a fifth less to wait until a program starts
const { default: start } = await import('./skein-node.mjs');
await start({ arguments: process.argv.slice(2) });
