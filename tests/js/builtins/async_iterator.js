// Asynchronous iteration: what is not async iterable, requests in a queue, iterators closed behind awaits.
(async () => {
  const fails = async (f) => { try { await f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); } };
  const empty = {};
  async function* none() {}
  const asyncPrototype = Object.getPrototypeOf(none.prototype);
  await fails(async () => { for await (const x of empty) ; });
  await fails(async () => { for await (const x of undefined) ; });
  await fails(async () => { for await (const x of { [Symbol.asyncIterator]: 1 }) ; });
  await fails(async () => { for await (const x of { [Symbol.asyncIterator]() { return 1; } }) ; });
  await fails(async () => { for await (const x of { [Symbol.asyncIterator]() { return {}; } }) ; });
  await fails(async () => { for await (const x of { [Symbol.asyncIterator]() { return { next() { return 1; } }; } }) ; });
  await fails(async () => { for await (const x of { [Symbol.asyncIterator]() { return { next() { return {}; }, return() { return 1; } }; } }) break; });
  await fails(() => asyncPrototype.next.call({}));
  await fails(() => none().throw(new RangeError("mine")));
  await fails(() => { new none(); });
  await fails(async () => { for await (const x of [Promise.reject(new TypeError("element"))]) ; });
  await fails(() => Array.fromAsync(null));
  await fails(() => Array.fromAsync([1], 2));
  // Requests wait for each other; a return before the start never enters the body.
  const log = [];
  async function* slow() { log.push("body"); await null; yield 1; yield 2; }
  const queued = slow();
  const results = await Promise.all([queued.next(), queued.next(), queued.return("r"), queued.next()]);
  console.log(JSON.stringify(results), log.join());
  const unstarted = slow();
  console.log(JSON.stringify(await unstarted.return(Promise.resolve("unwrapped"))), log.length);
  // Sync iterators are closed when one of their promises is rejected.
  const closing = { i: 0, [Symbol.iterator]() { return this; }, next() { return { value: this.i++ ? Promise.reject(new Error("second")) : 1 }; }, return() { log.push("closed"); return {}; } };
  await fails(async () => { for await (const x of closing) ; });
  console.log(log.pop());
  const values = []; for await (const x of [Promise.resolve(1), 2, { then(f) { f(3); } }]) values.push(x);
  console.log(values.join(), await Array.fromAsync(slow(), (x) => x * 2));
  { await using handle = { [Symbol.asyncDispose]: async () => console.log("disposed") }; console.log("in use"); }
})();
// expect: TypeError: empty is not async iterable
// expect: TypeError: undefined is not async iterable
// expect: TypeError: '1' returned for property 'Symbol(Symbol.asyncIterator)' of object '#<Object>' is not a function
// expect: TypeError: Result of the Symbol.asyncIterator method is not an object: 1
// expect: TypeError: 'undefined' returned for property 'next' of object '#<Object>' is not a function
// expect: TypeError: Iterator result 1 is not an object
// expect: TypeError: Iterator result 1 is not an object
// expect: TypeError: Method [AsyncGenerator].prototype.next called on incompatible receiver #<Object>
// expect: RangeError: mine
// expect: TypeError: none is not a constructor
// expect: TypeError: element
// expect: TypeError: Cannot read properties of null (reading 'Symbol(Symbol.asyncIterator)')
// expect: TypeError: 2 is not a function
// expect: [{"value":1,"done":false},{"value":2,"done":false},{"value":"r","done":true},{"done":true}] body
// expect: {"value":"unwrapped","done":true} 1
// expect: Error: second
// expect: closed
// expect: 1,2,3 [ 2, 4 ]
// expect: in use
// expect: disposed
