function* numbers() { try { const got = yield 1; console.log("got", got); yield* [2, 3]; } finally { console.log("closed"); } }
const it = numbers();
console.log(it.next(), it.next("a"), it.return(9), it.next());
// expect: got a
// expect: closed
// expect: { value: 1, done: false } { value: 2, done: false } { value: 9, done: true } { value: undefined, done: true }
async function* ticks(n) { for (let i = 0; i < n; i++) { await null; yield i; } }
(async () => {
  for await (const i of ticks(3)) console.log("tick", i);
  try { await Promise.reject(new TypeError("no")); } catch (e) { console.log(e.name, e.message); }
  console.log(await Promise.all([1, Promise.resolve(2), (async () => 3)()]));
  console.log((await Promise.allSettled([1, Promise.reject(2)])).map(r => r.status));
})();
// expect: tick 0
// expect: tick 1
// expect: tick 2
// expect: TypeError no
// expect: [ 1, 2, 3 ]
// expect: [ 'fulfilled', 'rejected' ]
