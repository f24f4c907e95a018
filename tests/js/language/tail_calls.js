// Tail calls of strict functions take no stack, whatever the way the call is made; those of sloppy code do.
"use strict";
const kDepth = 200000;
const cases = {
  plain: function f(n) { return n === 0 ? "done" : f(n - 1); },
  logical: function f(n) { return (n === 0 && "done") || f(n - 1); },
  last: function f(n) { return n === 0 ? "done" : (0, f(n - 1)); },
  nullish: function f(n) { return n === 0 ? "done" : null ?? f(n - 1); },
  spread: function f(...rest) { return rest[0] === 0 ? "done" : f(...[rest[0] - 1, 1, 2, 3]); },
  list: function f() { return arguments[0] === 0 ? "done" : f(arguments[0] - 1, ...arguments); },
  growing: function f(n, ...rest) { return n === 0 ? rest.length : f(n - 1, ...rest.slice(0, n % 50), n); },
  handler: function f(n) { try { throw n; } catch (e) { return e === 0 ? "done" : f(e - 1); } },
  finalizer: function f(n) { try { } finally { return n === 0 ? "done" : f(n - 1); } },
  tagged: function f(n) { const g = (_, m) => f(m); return n.length === 0 || n === 0 ? "done" : g`${n - 1}`; },
  method: (n) => new (class { #n = n; step() { return this.#n-- === 0 ? "done" : this.step(); } })().step(),
  mutual: (n) => { const even = (k) => k === 0 ? "even" : odd(k - 1), odd = (k) => k === 0 ? "odd" : even(k - 1); return even(n); },
  many: function f(n, a, b, c, d, e) { let x = n + 1, y = x; return n === 0 ? e : f(n - 1, y - x, a, b, c, "done"); },
};
// Function.prototype.call and apply, and Reflect.apply, call in tail position.
Object.assign(cases, {
  call: function f(n) { return n === 0 ? "done" : f.call(null, n - 1); },
  callThis: function f() { return this.n === 0 ? "done" : f.call({ n: (this.n ?? kDepth) - 1 }); }.bind({ n: kDepth }),
  apply: function f(n) { return n === 0 ? "done" : f.apply(undefined, [n - 1]); },
  applyArguments: function f(n, m) { return n === 0 ? m : f.apply(this, shift(arguments)); },
  applyNothing: (() => { let n = kDepth; return function f() { return n-- === 0 ? "done" : f.apply(); }; })(),
  reflect: function f(n) { return n === 0 ? "done" : Reflect.apply(f, null, { length: 1, 0: n - 1 }); },
});
function shift(list) { list[0]--; list[1] = "done"; list.length = 2; return list; }
for (const name in cases) console.log(name, name === "list" ? cases[name](9) : cases[name](kDepth));
// expect: plain done
// expect: logical done
// expect: last done
// expect: nullish done
// expect: spread done
// expect: list done
// expect: growing 2
// expect: handler done
// expect: finalizer done
// expect: tagged done
// expect: method done
// expect: mutual even
// expect: many done
// expect: call done
// expect: callThis done
// expect: apply done
// expect: applyArguments done
// expect: applyNothing done
// expect: reflect done

// What is not in tail position still runs afterwards.
let count = 0;
function guarded(n) { if (n > 5000) return "deep"; try { return guarded(n + 1); } finally { ++count; } }
console.log(guarded(0), count);
// expect: deep 5001

// A constructor looks at the result of its tail call.
function number(n) { return n === 0 ? 5 : number(n - 1); }
class Made { constructor(n) { this.made = true; return number(n) === 5 ? undefined : {}; } }
function Plain(n) { this.plain = true; return number(n); }
function deep(n, f) { return n === 0 ? f() : [deep(n - 1, f)][0]; }
console.log(deep(2500, () => new Made(1000).made), deep(2500, () => new Plain(1000).plain));
// expect: true true

// A getter's tail call, and one out of a callback.
const object = { get value() { return number(kDepth); }, set value(n) { return number(n); } };
console.log(deep(2300, () => object.value), [kDepth].map(number)[0], (object.value = 3));
// expect: 5 5 3

// Shallow stacks keep the frames, so that traces are whole.
function inner() { return new Error("here").stack.split("\n").slice(1, 4).map((line) => line.trim().split(" ")[1]); }
function middle() { return inner(); }
function outer() { return middle(); }
console.log(outer().join(" "));
// expect: inner middle outer

// Frames of many registers.
const wide = new Function("n", "f", `"use strict"; ${Array.from({ length: 300 }, (_, i) => `let v${i} = n + ${i};`).join("")}
  return n === 0 ? [${Array.from({ length: 300 }, (_, i) => `v${i}`).join()}].length : f(n - 1, f);`);
console.log(wide(5000, wide));
// expect: 300

const sloppy = new Function("n", "f", "return n === 0 ? 'done' : f(n - 1, f)");
try { console.log(sloppy(kDepth, sloppy)); } catch (e) { console.log(e.message); }
// expect: Maximum call stack size exceeded

// A list of arguments whose getters call functions leaves the call alone that it is for.
{
  const busy = (a, b, c, d) => [a, b, c, d].map((x) => x + 1).length;
  const list = (n) => ({ get length() { busy(1, 2, 3, 4); return 2; }, get 0() { busy(1, 2, 3, 4); return n; }, get 1() { return "tag"; } });
  const check = (self, tag, n) => { if (self !== "me" || tag !== "tag") throw new Error(`${String(self)} ${tag} at ${n}`); };
  const applied = function f(n, tag) { "use strict"; check(this, tag, n); return n === 0 ? "done" : f.apply("me", list(n - 1)); };
  const reflected = function f(n, tag) { "use strict"; check(this, tag, n); return n === 0 ? "done" : Reflect.apply(f, "me", list(n - 1)); };
  console.log(applied.call("me", 4000, "tag"), reflected.call("me", 4000, "tag"));  // expect: done done
}
