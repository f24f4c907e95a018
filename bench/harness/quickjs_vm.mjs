// Runs a program, and the jobs it leaves, in a context of quickjs-emscripten; gives what it failed with, or undefined.
//
//   print   called with each line
//   time    what the program is measured by, in milliseconds
export function runIn(vm, source, name, { print, time }) {
  vm.runtime.setMaxStackSize(0);
  const give = (name, body) => {
    const handle = vm.newFunction(name, body);
    vm.setProp(vm.global, name, handle);
    handle.dispose();
  };
  give("print", (text) => { print(vm.getString(text)); });  // what a function gives must be a handle
  give("benchHostTime", () => vm.newNumber(time()));

  let result = vm.evalCode(source, name, { type: "global" });
  if (!result.error) result = vm.runtime.executePendingJobs();
  if (!result.error) return undefined;
  const error = vm.dump(result.error);
  return error?.message ? `${error.name}: ${error.message}\n${error.stack}` : String(error);
}
