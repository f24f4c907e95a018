// In a page: runs a program in quickjs-emscripten's release build and gives what it has written.
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import variant from "@jitl/quickjs-wasmfile-release-sync";

import { runIn } from "./quickjs_vm.mjs";

// `threads` is where the times of the browser's threads are to be had.
export async function run(source, threads) {
  const out = [];
  const benchHostThreads = () => {
    const request = new XMLHttpRequest();
    request.open("GET", threads, false);
    request.send();
    return request.responseText;
  };
  const vm = (await newQuickJSWASMModuleFromVariant(variant)).newContext();
  const error = runIn(vm, source, "program.js", { print: (line) => { out.push(line); }, benchHostThreads });
  return { out, error: error === undefined ? [] : [error], code: error === undefined ? 0 : 1 };
}
