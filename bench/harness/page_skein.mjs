// In a page: runs a program in Skein's wasm build and gives what it has written.
import { loadSkein } from "/skein.js";

export async function run(source) {
  const out = [];
  const error = [];
  const skein = await loadSkein({ print: (line) => out.push(line), printErr: (line) => error.push(line), threads: 1 });
  const { code } = await skein.run(source);
  return { out, error, code };
}
