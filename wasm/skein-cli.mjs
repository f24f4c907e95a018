// The command line under Node: node skein-cli.mjs [options] FILE [arguments]
if (process.versions.bun) {
  console.error('skein: threads of WebAssembly modules hang under Bun; run this with Node');
  process.exit(1);
}
const { default: start } = await import('./skein-node.mjs');
await start({ arguments: process.argv.slice(2) });
