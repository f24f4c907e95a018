// https://webidl.spec.whatwg.org/#idl-DOMException
// expect: m NotFoundError 8 true true
// expect: Error 0
// expect: 25 25
// expect: DataCloneError true 25 $.a[1].f: function could not be cloned
// expect: m NotFoundError true true
// expect: NotFoundError: m
const e = new DOMException("m", "NotFoundError");
console.log(e.message, e.name, e.code, e instanceof Error, Error.isError(e));
console.log(new DOMException().name, new DOMException("x", "Custom").code);
console.log(DOMException.DATA_CLONE_ERR, e.DATA_CLONE_ERR);
try {
  structuredClone({ a: [1, { f() {} }] });
} catch (error) {
  console.log(error.name, error instanceof DOMException, error.code, error.message);
}
const copy = structuredClone(e);
console.log(copy.message, copy.name, copy instanceof DOMException, copy.stack === e.stack);
console.log(String(e));
