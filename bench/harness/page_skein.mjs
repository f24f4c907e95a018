// In a page: runs a program in Skein's wasm build and gives what it has written.
import { loadSkein } from "/skein.js";

const kAsk = "BENCH-THREADS ";

// In the program, which is on a thread of its own: it asks the page in a line of output and has the answer from a file.
function benchHostThreads() {
  const { existsSync, readFileSync } = require("fs");
  const file = `threads-${benchHostThreads.asked = (benchHostThreads.asked || 0) + 1}`;
  console.log(`BENCH-THREADS ${file}`);
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(file)) Atomics.wait(never, 0, 0, 2);
  return readFileSync(file, "utf8");
}

// `threads` is where the times of the browser's threads are to be had.
export async function run(source, threads) {
  const out = [];
  const error = [];
  const answer = async (file) => skein.writeFile(file, await (await fetch(threads)).text());
  const print = (line) => {
    if (line.startsWith(kAsk)) answer(line.slice(kAsk.length));
    else out.push(line);
  };
  const skein = await loadSkein({ print, printErr: (line) => error.push(line), threads: 1 });
  const { code } = await skein.run(`${benchHostThreads}\n${source}`);
  return { out, error, code };
}
