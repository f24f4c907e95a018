// skip gc-stress: 200000 functions are kept, and each collection goes through them
// Only primitive values and wrapped functions cross the boundary.
const realm = new ShadowRealm();
console.log(realm.evaluate('var x = 1; x + 1')); // expect: 2
const f = realm.evaluate('(function named(a, b) { return typeof a + ":" + x++ + ":" + (Object.getPrototypeOf(a) === Function.prototype); })');
console.log(f.name, f.length, Object.getPrototypeOf(f) === Function.prototype); // expect: named 2 true
console.log(f(() => {})); // expect: function:1:true
const tell = (g) => { try { console.log(g()); } catch (e) { console.log(e instanceof TypeError, e.message); } };
tell(() => f({})); // expect: true Only primitives and functions may cross the boundary of a ShadowRealm, not #<Object>
tell(() => realm.evaluate('throw new RangeError("inside")')); // expect: true ShadowRealm evaluate threw (RangeError: inside)
tell(() => realm.evaluate('() => { throw 1 }')()); // expect: true WrappedFunction threw (1)
try { realm.evaluate('let let'); } catch (e) { console.log(e.constructor === SyntaxError); } // expect: true
// Calls through many realms end in an error of the caller, not in a crash.
let deep = (n) => n;
for (let i = 0; i < 20; ++i) deep = new ShadowRealm().evaluate('(f) => (n) => f(n + 1)')(deep);
console.log(deep(0)); // expect: 20
let chain = () => 1;
const wrap = realm.evaluate('(f) => f');
for (let i = 0; i < 200000; ++i) chain = wrap(chain);
try { chain(); } catch (e) { console.log(e.constructor.name); } // expect: TypeError
