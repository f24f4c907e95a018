// Promise: receivers, capabilities, cycles, the order of jobs.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => Promise(),
  () => new Promise(),
  () => new Promise(5),
  () => Promise.resolve.call(1),
  () => Promise.reject.call(undefined),
  () => Promise.all.call({}),
  () => Promise.prototype.then.call({}),
  () => Promise.prototype.catch.call(1),
  () => Promise.prototype.finally.call(1),
  () => Promise.resolve.call(function (executor) { executor(1, 2); }, 1),
  () => Promise.resolve.call(function (executor) { executor(() => {}, () => {}); executor(() => {}, () => {}); }, 1),
  () => new (class Odd extends Promise { static get [Symbol.species]() { return 1; } })(() => {}).then(),
  () => structuredClone(Promise.resolve()),
);
(async () => {
  const settled = async (promise) => { try { console.log("fulfilled", await promise); } catch (e) { console.log(e instanceof Error ? `${e.name}: ${e.message}` : e, ...(e.errors ? [e.errors] : [])); } };
  await settled(Promise.all(3));
  await settled(Promise.all());
  await settled(Promise.any([]));
  await settled(Promise.any([Promise.reject(1), Promise.reject(2)]));
  let resolve; const itself = new Promise((r) => { resolve = r; }); resolve(itself);
  await settled(itself);
  await settled(Promise.resolve({ get then() { throw new RangeError("getter"); } }));
  await settled(Promise.resolve({ then(f) { f(1); throw new Error("too late"); } }));
  await settled(Promise.try(() => { throw new RangeError("tried"); }));
  await settled(Promise.race.call(Promise, { [Symbol.iterator]() { return 1; } }));
  await settled(Promise.allKeyed({ a: 1, b: Promise.resolve(2) }));
  await settled(Promise.resolve(1).finally(() => Promise.reject(new RangeError("finally"))));
  await settled(Promise.resolve(1).finally(() => 2));
  // A thenable takes two jobs more than a value.
  const order = [];
  await Promise.all([
    (async () => { await null; order.push("await"); await { then(f) { f(); } }; order.push("thenable"); })(),
    Promise.resolve().then(() => order.push(1)).then(() => order.push(2)).then(() => order.push(3)),
    (async () => { await (async () => {})(); order.push("promise"); })(),
  ]);
  console.log(order.join(" "));
  const { promise, reject } = Promise.withResolvers(); reject("first"); reject("second");
  await settled(promise);
})();
// expect: TypeError: Constructor Promise requires 'new'
// expect: TypeError: Promise resolver undefined is not a function
// expect: TypeError: Promise resolver 5 is not a function
// expect: TypeError: PromiseResolve called on non-object
// expect: TypeError: undefined is not a constructor
// expect: TypeError: #<Object> is not a constructor
// expect: TypeError: Method Promise.prototype.then called on incompatible receiver #<Object>
// expect: TypeError: 'undefined' returned for property 'then' of object '1' is not a function
// expect: TypeError: Method Promise.prototype.finally called on incompatible receiver 1
// expect: TypeError: Promise resolve or reject function is not callable
// expect: TypeError: Promise executor has already been invoked with non-undefined arguments
// expect: TypeError: object.constructor[Symbol.species] is not a constructor
// expect: DataCloneError: $: #<Promise> could not be cloned
// expect: TypeError: 3 is not iterable
// expect: TypeError: undefined is not iterable
// expect: AggregateError: All promises were rejected []
// expect: AggregateError: All promises were rejected [ 1, 2 ]
// expect: TypeError: Chaining cycle detected for promise #<Promise>
// expect: RangeError: getter
// expect: fulfilled 1
// expect: RangeError: tried
// expect: TypeError: Result of the Symbol.iterator method is not an object: 1
// expect: fulfilled [Object: null prototype] { a: 1, b: 2 }
// expect: RangeError: finally
// expect: fulfilled 1
// expect: await 1 promise 2 thenable 3
// expect: first
