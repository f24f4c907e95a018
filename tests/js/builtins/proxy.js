// Proxy: revoked ones, traps that are no functions, every invariant by name.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const revoked = (() => { const { proxy, revoke } = Proxy.revocable(function () {}, {}); revoke(); return proxy; })();
fails(
  () => Proxy({}, {}),
  () => new Proxy(1, {}),
  () => revoked.x,
  () => { revoked.x = 1; },
  () => "x" in revoked,
  () => delete revoked.x,
  () => Object.keys(revoked),
  () => Object.getPrototypeOf(revoked),
  () => Object.isExtensible(revoked),
  () => revoked(),
  () => new revoked(),
  () => Array.isArray(revoked),
  () => structuredClone(revoked),
  () => new Proxy({}, { get: 1 }).x,
  () => new Proxy(() => {}, { apply: {} })(),
  () => new (new Proxy(function () {}, { construct: () => 1 }))(),
  () => new (new Proxy(() => {}, {}))(),
);
const strict = (f) => { "use strict"; return f(); };
const fixed = Object.freeze({ a: 1 }), hidden = Object.defineProperty({}, "a", { get: undefined, set: undefined }), closed = Object.preventExtensions({ a: 1 });
const on = (target, trap, result) => new Proxy(target, { [trap]: () => result });
fails(
  () => on(fixed, "get", 2).a,
  () => on(hidden, "get", 2).a,
  () => { on(fixed, "set", true).a = 2; },
  () => { on(hidden, "set", true).a = 2; },
  () => { "use strict"; on({}, "set", false).a = 1; },
  () => "a" in on(fixed, "has", false),
  () => "a" in on(closed, "has", false),
  () => delete on(fixed, "deleteProperty", true).a,
  () => delete on(closed, "deleteProperty", true).a,
  () => { "use strict"; delete on({}, "deleteProperty", false).a; },
  () => Object.keys(on({}, "ownKeys", [1])),
  () => Object.keys(on({}, "ownKeys", 1)),
  () => Object.keys(on({}, "ownKeys", ["a", "a"])),
  () => Object.keys(on(fixed, "ownKeys", [])),
  () => Object.keys(on(closed, "ownKeys", ["a", "b"])),
  () => Object.getPrototypeOf(on({}, "getPrototypeOf", 1)),
  () => Object.getPrototypeOf(on(closed, "getPrototypeOf", null)),
  () => Object.setPrototypeOf(on({}, "setPrototypeOf", false), null),
  () => Object.setPrototypeOf(on(closed, "setPrototypeOf", true), null),
  () => Object.isExtensible(on({}, "isExtensible", false)),
  () => Object.preventExtensions(on({}, "preventExtensions", true)),
  () => Object.preventExtensions(on({}, "preventExtensions", false)),
  () => Object.getOwnPropertyDescriptor(on({}, "getOwnPropertyDescriptor", 1), "a"),
  () => Object.getOwnPropertyDescriptor(on(fixed, "getOwnPropertyDescriptor", undefined), "a"),
  () => Object.getOwnPropertyDescriptor(on({}, "getOwnPropertyDescriptor", { value: 1, configurable: false }), "a"),
  () => Object.defineProperty(on({}, "defineProperty", false), "a", {}),
  () => Object.defineProperty(on(closed, "defineProperty", true), "b", {}),
  () => Object.defineProperty(on({}, "defineProperty", true), "a", { configurable: false }),
);
// Proxies of proxies to the depth of the stack end in an error, not in the host's.
let deep = {}; for (let i = 0; i < 20000; i++) deep = new Proxy(deep, {});
try { deep.x; console.log("deep enough"); } catch (e) { console.log(e.name); }
console.log(typeof revoked, typeof new Proxy(class {}, {}), Array.isArray(new Proxy([], {})), Object.prototype.toString.call(new Proxy(() => {}, {})));
console.log(JSON.stringify(Reflect.ownKeys(on({ z: 1 }, "ownKeys", ["b", Symbol.iterator, "a"])).map(String)), `${new Proxy(function named() {}, {}).name}`);
// expect: TypeError: Constructor Proxy requires 'new'
// expect: TypeError: Cannot create proxy with a non-object as target or handler
// expect: TypeError: Cannot perform 'get' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'set' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'has' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'deleteProperty' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'ownKeys' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'getPrototypeOf' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'isExtensible' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'apply' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'construct' on a proxy that has been revoked
// expect: TypeError: Cannot perform 'IsArray' on a proxy that has been revoked
// expect: DataCloneError: $: a Proxy could not be cloned
// expect: TypeError: '1' returned for property 'get' of object '#<Object>' is not a function
// expect: TypeError: '#<Object>' returned for property 'apply' of object '#<Object>' is not a function
// expect: TypeError: 'construct' on proxy: trap returned non-object ('1')
// expect: TypeError: new Proxy(() => {}, {}) is not a constructor
// expect: TypeError: 'get' on proxy: property 'a' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value (expected '1' but got '2')
// expect: TypeError: 'get' on proxy: property 'a' is a non-configurable accessor property on the proxy target and does not have a getter function, but the trap did not return 'undefined' (got '2')
// expect: TypeError: 'set' on proxy: trap returned truish for property 'a' which exists in the proxy target as a non-configurable and non-writable data property with a different value
// expect: TypeError: 'set' on proxy: trap returned truish for property 'a' which exists in the proxy target as a non-configurable and non-writable accessor property without a setter
// expect: TypeError: 'set' on proxy: trap returned falsish for property 'a'
// expect: TypeError: 'has' on proxy: trap returned falsish for property 'a' which exists in the proxy target as non-configurable
// expect: TypeError: 'has' on proxy: trap returned falsish for property 'a' but the proxy target is not extensible
// expect: TypeError: 'deleteProperty' on proxy: trap returned truish for property 'a' which is non-configurable in the proxy target
// expect: TypeError: 'deleteProperty' on proxy: trap returned truish for property 'a' but the proxy target is non-extensible
// expect: TypeError: 'deleteProperty' on proxy: trap returned falsish for property 'a'
// expect: TypeError: 1 is not a valid property name
// expect: TypeError: CreateListFromArrayLike called on non-object
// expect: TypeError: 'ownKeys' on proxy: trap returned duplicate entries
// expect: TypeError: 'ownKeys' on proxy: trap result did not include 'a'
// expect: TypeError: 'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible
// expect: TypeError: 'getPrototypeOf' on proxy: trap returned neither object nor null
// expect: TypeError: 'getPrototypeOf' on proxy: proxy target is non-extensible but the trap did not return its actual prototype
// expect: TypeError: 'setPrototypeOf' on proxy: trap returned falsish
// expect: TypeError: 'setPrototypeOf' on proxy: trap returned truish for setting a new prototype on the non-extensible proxy target
// expect: TypeError: 'isExtensible' on proxy: trap result does not reflect extensibility of proxy target (which is 'true')
// expect: TypeError: 'preventExtensions' on proxy: the proxy target is extensible
// expect: TypeError: 'preventExtensions' on proxy: trap returned falsish
// expect: TypeError: 'getOwnPropertyDescriptor' on proxy: trap returned neither object nor undefined for property 'a'
// expect: TypeError: 'getOwnPropertyDescriptor' on proxy: trap returned undefined for property 'a' which is non-configurable in the proxy target
// expect: TypeError: 'getOwnPropertyDescriptor' on proxy: trap reported non-configurability for property 'a' which is either non-existent or configurable in the proxy target
// expect: TypeError: 'defineProperty' on proxy: trap returned falsish for property 'a'
// expect: TypeError: 'defineProperty' on proxy: trap returned truish for adding property 'b' to the non-extensible proxy target
// expect: TypeError: 'defineProperty' on proxy: trap returned truish for defining non-configurable property 'a' which is either non-existent or configurable in the proxy target
// expect: RangeError
// expect: function function true [object Function]
// expect: ["b","Symbol(Symbol.iterator)","a"] named
