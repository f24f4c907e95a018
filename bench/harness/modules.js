// A suite's files as CommonJS modules, and a `process` as far as benchmark harnesses ask for one. The files
// come in benchFiles, by name; benchArguments are those of the command line that would start the harness.
const benchModules = (() => {
  const loaded = new Map();
  const wall = () => typeof performance === "object" && performance.now ? performance.now() : Date.now();
  const process = {
    argv: benchArguments,
    platform: "linux",
    stdout: { write: () => true },
    hrtime: Object.assign((since) => {
      const now = wall(), seconds = Math.floor(now / 1000), rest = Math.round((now % 1000) * 1e6);
      if (!since) return [seconds, rest];
      const nanoseconds = (seconds - since[0]) * 1e9 + rest - since[1];
      return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
    }, { bigint: () => BigInt(Math.round(wall() * 1e6)) }),
    exit: (code) => { throw new Error(`the harness exits with code ${code}`); },
  };
  const load = (name) => {
    const plain = name.replace(/^\.\//, "").replace(/\.js$/, "");
    if (!loaded.has(plain)) {
      const body = benchFiles[plain];
      if (!body) throw new Error(`the suite has no module ${name}`);
      const module = { exports: {} };
      loaded.set(plain, module);
      body(module, module.exports, load, process);
    }
    return loaded.get(plain).exports;
  };
  return Object.assign(load, { forget: () => loaded.clear() });
})();
