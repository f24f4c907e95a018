// In a page: runs a program in quickjs-emscripten's release build and gives what it has written.
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import variant from "@jitl/quickjs-wasmfile-release-sync";

import { runIn } from "./quickjs_vm.mjs";

export async function run(source) {
  const out = [];
  const vm = (await newQuickJSWASMModuleFromVariant(variant)).newContext();
  const error = runIn(vm, source, "program.js", { print: (line) => out.push(line), time: () => performance.now() });
  return { out, error: error === undefined ? [] : [error], code: error === undefined ? 0 : 1 };
}
