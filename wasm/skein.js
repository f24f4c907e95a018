// Skein in a page: runs JavaScript programs on threads of their own, so that the page stays responsive.
//
//   import { loadSkein } from './skein.js';
//   const skein = await loadSkein({ print: console.log });
//   const code = await skein.run('print(1 + 2)');
//
// The page must be cross-origin isolated, because the threads share memory; see isolationProblem.

const folder = '/app';  // where programs' files lie, in a file system in memory

// Why Skein cannot run here, as a sentence for people, or undefined if it can.
export function isolationProblem() {
  if (typeof WebAssembly !== 'object') return 'This browser has no WebAssembly.';
  if (typeof window === 'undefined' && typeof WorkerGlobalScope === 'undefined') return undefined;
  if (!globalThis.isSecureContext) return 'Shared memory needs a secure context: serve the page over https, or from localhost.';
  if (!globalThis.crossOriginIsolated)
    return 'This page is not cross-origin isolated, so it may not share memory between threads. ' +
        'Serve it with "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp".';
  return undefined;
}

// Makes lines of what arrives in pieces.
class Lines {
  #decoder = new TextDecoder();
  #rest = '';
  #print;

  constructor(print) { this.#print = print; }

  add(bytes) {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#print(line);
  }

  end() {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    if (rest !== '') this.#print(rest);
  }
}

// One running program.
class Program {
  constructor(print, printErr) {
    this.streams = { 1: new Lines(print), 2: new Lines(printErr) };
    this.ended = new Promise((resolve) => { this.end = resolve; });
  }

  finish(code) {
    this.streams[1].end();
    this.streams[2].end();
    this.end(code);
  }
}

class Skein {
  #module;
  #programs = new Map();
  #print;
  #printErr;

  constructor({ print, printErr }) {
    this.#print = print;
    this.#printErr = printErr;
  }

  async load(moduleUrl, threads) {
    const { default: create } = await import(moduleUrl);
    this.#module = await create({
      threads,
      onOutput: (id, stream, bytes) => this.#programs.get(id)?.streams[stream].add(bytes),
      onExit: (id, code) => {
        const program = this.#programs.get(id);
        this.#programs.delete(id);
        program?.finish(code);
      },
    });
    this.#module.FS.mkdirTree(folder);
    this.#module.FS.chdir(folder);
    return this;
  }

  get version() { return this.#module.UTF8ToString(this.#module._skein_version()); }

  // Runs a program and gives its exit code, 0 if all went well; uncaught errors are written to printErr.
  //
  //   name      the program's file name, which errors show and imports are relative to
  //   module    true for a module; a name that ends in .mjs is one anyway
  //   files     {name: text} that the program may import, require or start workers from
  //   print, printErr   for this program instead of the ones given to loadSkein
  //
  // Several programs may run at once; they see the same files.
  async run(source, { name = 'program.js', module = false, files = {}, print = this.#print, printErr = this.#printErr } = {}) {
    const wasm = this.#module;
    if (wasm === undefined) throw new Error('Skein was terminated');
    for (const [file, text] of Object.entries(files)) this.#writeFile(file, text);
    this.#writeFile(name, source);  // a program may start workers from its own file
    const namePointer = wasm.stringToNewUTF8(`${folder}/${name}`);
    const sourcePointer = wasm.stringToNewUTF8(source);
    const id = wasm._skein_start(namePointer, sourcePointer, wasm.lengthBytesUTF8(source), module ? 1 : 0);
    wasm._free(namePointer);
    wasm._free(sourcePointer);
    if (id === 0) throw new Error('no thread could be started');
    const program = new Program(print, printErr);
    this.#programs.set(id, program);
    return program.ended;
  }

  #writeFile(name, text) {
    const path = `${folder}/${name}`;
    this.#module.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    this.#module.FS.writeFile(path, text);
  }

  // Ends every running program, whatever it does; their run() gives kExitTerminated. Others may be run
  // afterwards.
  stop() {
    for (const id of this.#programs.keys()) this.#module._skein_stop(id);
  }

  // Ends everything at once and gives back threads and memory. This object is of no use afterwards.
  terminate() {
    this.#module?.PThread.terminateAllThreads();
    this.#module = undefined;
    for (const program of this.#programs.values()) program.finish(Skein.kExitTerminated);
    this.#programs.clear();
  }

  static kExitTerminated = 72;
}

// Loads the engine; rejects with a reason where it cannot run.
//
//   print, printErr   called with each line of the two output streams; to the console if left out
//   threads           browser workers to make ahead; more are made when programs ask for them
//   moduleUrl         where skein.mjs is; skein.wasm lies beside it
export async function loadSkein({
  print = (line) => console.log(line),
  printErr = (line) => console.error(line),
  threads = 4,
  moduleUrl = new URL('./skein.mjs', import.meta.url).href,
} = {}) {
  const problem = isolationProblem();
  if (problem !== undefined) throw new Error(problem);
  return new Skein({ print, printErr }).load(moduleUrl, threads);
}
