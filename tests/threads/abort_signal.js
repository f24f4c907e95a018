// https://dom.spec.whatwg.org/#interface-abortcontroller
// expect: false undefined
// expect: abort true AbortError
// expect: true AbortError 20
// expect: once only
// expect: any: why true
// expect: any of aborted: 7
// expect: removed
// expect: timeout TimeoutError
// expect: TypeError Illegal constructor
const controller = new AbortController();
const { signal } = controller;
console.log(signal.aborted, signal.reason);
signal.onabort = (event) => console.log(event.type, event.target === signal, signal.reason.name);
controller.abort();
controller.abort("again");
try { signal.throwIfAborted(); } catch (e) { console.log(e instanceof DOMException, e.name, e.code); }
const a = new AbortController(), b = new AbortController();
const any = AbortSignal.any([a.signal, AbortSignal.any([b.signal])]);
any.addEventListener("abort", () => console.log("once only"), { once: true });
b.abort("why");
a.abort("late");
console.log("any:", any.reason, any.aborted);
console.log("any of aborted:", AbortSignal.any([AbortSignal.abort(7)]).reason);
const target = new EventTarget(), remover = new AbortController();
target.addEventListener("x", () => console.log("never"), { signal: remover.signal });
remover.abort();
target.dispatchEvent(new Event("x"));
console.log("removed");
const timeout = AbortSignal.timeout(5);
timeout.onabort = () => {
  console.log("timeout", timeout.reason.name);
  try { new AbortSignal(); } catch (e) { console.log(e.name, e.message); }
};
setTimeout(() => {}, 50);  // the signal's own timer keeps nothing alive
