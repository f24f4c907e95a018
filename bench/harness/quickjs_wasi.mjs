// Runs a program in quickjs-wasi: node quickjs_wasi.mjs NODE_MODULES FILE
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const { QuickJS } = await import(pathToFileURL(`${modules}/quickjs-wasi/dist/index.js`));
const vm = await QuickJS.create({ wasm: readFileSync(`${modules}/quickjs-wasi/quickjs.wasm`) });

vm.setProp(vm.global, "print", vm.newFunction("print", (text) => { console.log(text.toString()); return vm.undefined; }));
vm.setProp(vm.global, "benchHostTime", vm.newFunction("benchHostTime", () =>
  vm.newNumber(Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6)));

vm.evalCode(readFileSync(file, "utf8"), file).dispose();
vm.executePendingJobs();
process.exit(0);
