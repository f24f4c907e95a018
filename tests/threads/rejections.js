// expect: event boom true
// expect: handled later
// expect: process nobody
// expect: uncaught thrown uncaughtException
// expect: global error reported
// expect: beforeExit 0
// expect: again
// expect: beforeExit 0
// expect: exit 0
let told = false;
addEventListener("unhandledrejection", (event) => {
  if (event.reason.message !== "boom") return;
  event.preventDefault();
  console.log("event", event.reason.message, event.promise === promise && event instanceof PromiseRejectionEvent);
  setTimeout(() => event.promise.catch(() => {}), 1);
});
addEventListener("rejectionhandled", () => {
  console.log("handled later");
  Promise.reject(new Error("nobody"));
});
const promise = Promise.reject(new Error("boom"));
process.on("unhandledRejection", (reason) => {
  console.log("process", reason.message);
  setTimeout(() => { throw new Error("thrown"); }, 1);
});
process.on("uncaughtException", (error, origin) => {
  console.log("uncaught", error.message, origin);
  globalThis.onerror = (message, file, line, column, error) => { console.log("global error", error.message); return true; };
  reportError(new Error("reported"));
});
let once = true;
process.on("beforeExit", (code) => {
  console.log("beforeExit", code);
  if (once) setTimeout(() => console.log("again"), 1);
  once = false;
});
process.on("exit", (code) => console.log("exit", code));
