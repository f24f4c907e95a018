// Skein in a page: runs JavaScript programs on threads of their own, so that the page stays responsive.
//
//   import { loadSkein } from './skein.js';
//   const skein = await loadSkein({ print: console.log });
//   const { code } = await skein.run('console.log(1 + 2)');
//
// The page must be cross-origin isolated, because the threads share memory, and the browser must have WebAssembly's
// vectors; see isolationProblem.

const folder = '/app';  // where programs' files lie, in a file system in memory

// A module with one function, which gives a vector.
const vectors = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x41, 0, 0xfd, 15, 11]);

// Why Skein cannot run here, as a sentence for people, or undefined if it can.
export function isolationProblem() {
  if (typeof WebAssembly !== 'object') return 'This browser has no WebAssembly.';
  if (!WebAssembly.validate(vectors)) return 'WebAssembly has no vectors here (fixed-width SIMD): the browser or the processor is too old.';
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
    this.ended = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
  }

  finish(code, threads) {
    this.streams[1].end();
    this.streams[2].end();
    this.end({ code, threads });
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
      onExit: (id, code, threads) => {
        const program = this.#programs.get(id);
        this.#programs.delete(id);
        program?.finish(code, threads);
      },
    });
    this.#watchThreads(this.#module.PThread);
    this.#module.FS.mkdirTree(folder);
    this.#module.FS.chdir(folder);
    return this;
  }

  #watchThreads(PThread) {
    const watch = (worker) => { worker.onerror = (error) => this.#crash(error?.message ?? String(error)); };
    const load = PThread.loadWasmModuleToWorker;
    PThread.loadWasmModuleToWorker = (worker) => {
      const loaded = load(worker);
      watch(worker);
      return loaded;
    };
    PThread.unusedWorkers.forEach(watch);
  }

  // A thread that traps (its stack for WebAssembly frames is used up, say) leaves the memory that all of
  // them share as it was in mid-operation: nothing may run in it any more.
  #crash(reason) {
    if (this.#module === undefined) return;
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    this.terminate();
    for (const program of programs) program.fail(new Error(`the engine crashed: ${reason}`));
  }

  // False after terminate() or a crash: then another one has to be loaded.
  get isAlive() { return this.#module !== undefined; }

  get version() { return this.#module.UTF8ToString(this.#module._skein_version()); }

  // Threads that programs have now: their own and their workers'.
  get threads() {
    let count = 0;
    for (const id of this.#programs.keys()) count += this.#module._skein_threads(id);
    return count;
  }

  // Runs a program and gives {code, threads}: its exit code, 0 if all went well, and how many threads it
  // had at once at most. Uncaught errors are written to printErr. Rejects when the engine crashes.
  //
  //   name         the program's file name, which errors show and imports are relative to
  //   module       true for a module; a name that ends in .mjs is one anyway
  //   args         strings for process.argv
  //   files        {name: text or bytes} that the program may read, import, require or start workers from
  //   concurrency  what navigator.hardwareConcurrency says instead of the processors there are
  //   heapLimit    bytes of memory that each of its threads may use
  //   timeLimit    seconds it may run
  //   workerLimit  workers it may have at once
  //   print, printErr   for this program instead of the ones given to loadSkein
  //
  // Several programs may run at once; they see the same files.
  async run(source, {
    name = 'program.js', module = false, args = [], files = {}, concurrency = 0, heapLimit = 0, timeLimit = 0,
    workerLimit = 0, print = this.#print, printErr = this.#printErr,
  } = {}) {
    const wasm = this.#module;
    if (wasm === undefined) throw new Error('this engine has ended; load another');
    for (const [file, content] of Object.entries(files)) this.writeFile(file, content);
    this.writeFile(name, source);  // a program may start workers from its own file
    const id = this.#withText(`${folder}/${name}`, (namePointer) =>
      this.#withText(source, (text, size) => wasm._skein_create(namePointer, text, size, module ? 1 : 0)));
    for (const argument of args) this.#withText(String(argument), (text) => wasm._skein_add_argument(id, text));
    wasm._skein_set_limits(id, heapLimit, timeLimit, workerLimit);
    wasm._skein_set_hardware_concurrency(id, concurrency);
    if (wasm._skein_start(id) === 0) throw new Error('no thread could be started');
    const program = new Program(print, printErr);
    this.#programs.set(id, program);
    return program.ended;
  }

  // Files are in memory; names are relative to the folder that programs start in.
  writeFile(name, content) {
    const path = `${folder}/${name}`;
    this.#module.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    this.#module.FS.writeFile(path, content);
  }

  // The bytes of a file that a program has written, or undefined.
  readFile(name) {
    const { exists } = this.#module.FS.analyzePath(`${folder}/${name}`);
    return exists ? this.#module.FS.readFile(`${folder}/${name}`) : undefined;
  }

  removeFile(name) { this.#module.FS.unlink(`${folder}/${name}`); }

  // The names of what lies in the folder that programs start in.
  fileNames() { return this.#module.FS.readdir(folder).filter((name) => name !== '.' && name !== '..'); }

  // Calls use(pointer, size) with the text as UTF-8 with a zero behind it, for the time of the call.
  #withText(text, use) {
    const pointer = this.#module.stringToNewUTF8(text);
    try {
      return use(pointer, this.#module.lengthBytesUTF8(text));
    } finally {
      this.#module._free(pointer);
    }
  }

  // Ends every running program, whatever it does; their run() gives the code kExitTerminated. Others may
  // be run afterwards.
  stop() {
    for (const id of this.#programs.keys()) this.#module._skein_stop(id);
  }

  // Ends everything at once and gives back threads and memory. This object is of no use afterwards.
  terminate() {
    this.#module?.PThread.terminateAllThreads();
    this.#module = undefined;
    for (const program of this.#programs.values()) program.finish(Skein.kExitTerminated, 0);
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
