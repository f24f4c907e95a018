// Boolean: receivers, wrappers, the objects that are false.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Boolean.prototype.toString.call(1),
  () => Boolean.prototype.valueOf.call({}),
  () => Boolean.prototype.valueOf.call(new Proxy(new Boolean(true), {})),
  () => { "use strict"; true.x = 1; },
  () => true(),
);
console.log(new Boolean(false) ? "object" : "false", new Boolean(new Boolean(false)).valueOf(), Boolean(0n), Boolean(-0), Boolean(""));
console.log(Object(true) == true, Object(false) + 1, structuredClone(new Boolean(true)), JSON.stringify([Object(false)]));
console.log(Boolean.prototype == false, Reflect.construct(Boolean, [1], Array) instanceof Array);
// expect: TypeError: Boolean.prototype.toString requires that 'this' be a Boolean
// expect: TypeError: Boolean.prototype.valueOf requires that 'this' be a Boolean
// expect: TypeError: Boolean.prototype.valueOf requires that 'this' be a Boolean
// expect: TypeError: Cannot create property 'x' on boolean 'true'
// expect: TypeError: true is not a function
// expect: object true false false false
// expect: true 1 [Boolean: true] [false]
// expect: true true
