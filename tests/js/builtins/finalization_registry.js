// FinalizationRegistry: arguments, tokens.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
const registry = new FinalizationRegistry(() => console.log("never")), target = {}, token = {};
fails(
  () => FinalizationRegistry(() => {}),
  () => new FinalizationRegistry({}),
  () => registry.register(1),
  () => registry.register(Symbol.for("registered"), 1),
  () => registry.register(target, target),
  () => registry.register(target, 1, "token"),
  () => registry.unregister(null),
  () => FinalizationRegistry.prototype.register.call({}, target),
  () => FinalizationRegistry.prototype.unregister.call(new WeakMap(), target),
  () => structuredClone(registry),
);
console.log(registry.register(target, 1, token), registry.register(target, 2, token), registry.register(target, 3));
console.log(registry.unregister(token), registry.unregister(token), registry.unregister(target));
console.log(registry.register(Symbol("s"), 1), registry.register(target, 1, Symbol("token")), registry.register(target, 1, target), registry.unregister(target));
// expect: TypeError: Constructor FinalizationRegistry requires 'new'
// expect: TypeError: FinalizationRegistry: cleanup must be callable
// expect: TypeError: FinalizationRegistry.prototype.register: invalid target
// expect: TypeError: FinalizationRegistry.prototype.register: invalid target
// expect: TypeError: FinalizationRegistry.prototype.register: target and holdings must not be same
// expect: TypeError: Invalid unregisterToken ('"token"')
// expect: TypeError: Invalid unregisterToken ('null')
// expect: TypeError: Method FinalizationRegistry.prototype.register called on incompatible receiver #<Object>
// expect: TypeError: Method FinalizationRegistry.prototype.unregister called on incompatible receiver #<WeakMap>
// expect: DataCloneError: $: #<FinalizationRegistry> could not be cloned
// expect: undefined undefined undefined
// expect: true false false
// expect: undefined undefined undefined true
