// Runs a program in quickjs-emscripten, or another build of it: node quickjs_emscripten.mjs NODE_MODULES FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { runIn } from "./quickjs_vm.mjs";

const [modules, file] = process.argv.slice(2);
const { getQuickJS } = createRequire(`${modules}/x.js`)("quickjs-emscripten");
const vm = (await getQuickJS()).newContext();
const benchHostTime = () => Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
const error = runIn(vm, readFileSync(file, "utf8"), file, { print: (line) => console.log(line), benchHostTime });
if (error !== undefined) console.error(error);
process.exit(error === undefined ? 0 : 1);
