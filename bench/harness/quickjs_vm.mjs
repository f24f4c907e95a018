// Runs a program, and the jobs it leaves, in a context of quickjs-emscripten; gives what it failed with, or undefined.
//
//   host   functions that the program may call: they take texts and give texts, numbers or undefined
export function runIn(vm, source, name, host) {
  vm.runtime.setMaxStackSize(0);
  const handleOf = (value) => {
    if (value === undefined) return vm.undefined;
    return typeof value === "number" ? vm.newNumber(value) : vm.newString(value);
  };
  for (const [name, body] of Object.entries(host)) {
    const handle = vm.newFunction(name, (...values) => handleOf(body(...values.map((value) => vm.getString(value)))));
    vm.setProp(vm.global, name, handle);
    handle.dispose();
  }

  let result = vm.evalCode(source, name, { type: "global" });
  if (!result.error) result = vm.runtime.executePendingJobs();
  if (!result.error) return undefined;
  const error = vm.dump(result.error);
  return error?.message ? `${error.name}: ${error.message}\n${error.stack}` : String(error);
}
