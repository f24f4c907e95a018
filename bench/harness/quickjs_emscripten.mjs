// Runs a program in quickjs-emscripten, or another build of it: node quickjs_emscripten.mjs NODE_MODULES FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, file] = process.argv.slice(2);
const { getQuickJS } = createRequire(`${modules}/x.js`)("quickjs-emscripten");
const vm = (await getQuickJS()).newContext();
vm.runtime.setMaxStackSize(0);

const give = (name, body) => {
  const handle = vm.newFunction(name, body);
  vm.setProp(vm.global, name, handle);
  handle.dispose();
};
give("print", (text) => console.log(vm.getString(text)));
give("benchHostTime", () =>
  vm.newNumber(Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6));

const fail = (result) => {
  const error = vm.dump(result.error);
  console.error(error?.message ? `${error.name}: ${error.message}\n${error.stack}` : String(error));
  process.exit(1);
};
const result = vm.evalCode(readFileSync(file, "utf8"), file, { type: "global" });
if (result.error) fail(result);
const jobs = vm.runtime.executePendingJobs();
if (jobs.error) fail(jobs);
process.exit(0);
