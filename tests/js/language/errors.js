const tries = {
  property: () => null.x,
  call: () => { const o = {}; o.f(); },
  missing: () => missing,
  constant: () => { const k = 1; k = 2; },
  dead: () => { dead; let dead; },
  deep: () => { (function f() { f(); })(); },
};
for (const [name, f] of Object.entries(tries)) {
  try { f(); console.log(name, "did not throw"); } catch (e) { console.log(name, `${e.name}: ${e.message}`); }
}
// expect: property TypeError: Cannot read properties of null (reading 'x')
// expect: call TypeError: o.f is not a function
// expect: missing ReferenceError: missing is not defined
// expect: constant TypeError: Assignment to constant variable.
// expect: dead ReferenceError: Cannot access 'dead' before initialization
// expect: deep RangeError: Maximum call stack size exceeded
