// Behind the frames on the stack come the async functions that wait for them.
const place = (line) => line.endsWith("(native)") ? line : line.replace(/\(?[^( ]*async_stacks\.js:/, "").replace(/\)$/, "");
const report = (name) => (e) => console.log(name, e.stack.split("\n    at ").slice(1).map(place).join(" < "));
async function boom() { await null; throw new Error("boom"); }
async function middle() { await boom(); }
class K { async method() { return await middle(); } static async make() { await new K().method(); } }
async function* numbers() { yield 1; await boom(); }
async function* delegating() { yield* numbers(); }
const tests = {
  plain: () => middle(),
  methods: () => K.make(),
  arrow: () => (async () => { await middle(); })(),
  returned: () => (async function outer() { await (async function inner() { return boom(); })(); })(),
  then: () => (async function waits() { await boom().then((x) => x).finally(() => {}); })(),
  handler: () => (async function waits() { await Promise.resolve().then(function handler() { null.x; }); })(),
  all: () => (async function waits() { await Promise.all([1, boom()]); })(),
  any: () => (async function waits() { await Promise.any([boom()]).catch((e) => { throw e.errors[0]; }); })(),
  race: () => (async function waits() { await Promise.race([boom()]); })(),
  settled: () => (async function waits() { await Promise.allSettled([boom()]).then(([{ reason }]) => { throw reason; }); })(),
  loop: () => (async function loops() { for await (const x of numbers()) ; })(),
  delegate: () => (async function loops() { for await (const x of delegating()) ; })(),
  thenable: () => (async function waits() { await { then(f, r) { null.x; } }; })(),
  two: async () => { const shared = boom(); const other = (async () => { await shared; })(); await Promise.allSettled([other]); await shared; },
  sync: () => (async function starts() { boom.x.y; })(),
};
(async () => { for (const [name, test] of Object.entries(tests)) await test().catch(report(name)); })();
// expect: plain boom 4:43 < async middle 5:27 < async <anonymous> 26:66
// expect: methods boom 4:43 < async middle 5:27 < async K.method 6:35 < async K.make 6:75 < async <anonymous> 26:66
// expect: arrow boom 4:43 < async middle 5:27 < async <anonymous> 12:31 < async <anonymous> 26:66
// expect: returned boom 4:43
// expect: then boom 4:43 < async waits 14:41 < async <anonymous> 26:66
// expect: handler handler 15:99 < async waits 15:44 < async <anonymous> 26:66
// expect: all boom 4:43 < async Promise.all (index 1) (native) < async waits 16:40 < async <anonymous> 26:66
// expect: any boom 4:43 < async waits 17:40 < async <anonymous> 26:66
// expect: race boom 4:43 < async waits 18:41 < async <anonymous> 26:66
// expect: settled boom 4:43 < async Promise.allSettled (index 0) (native) < async waits 19:44 < async <anonymous> 26:66
// expect: loop boom 4:43 < async numbers 7:38 < async loops 20:63 < async <anonymous> 26:66
// expect: delegate boom 4:43 < async numbers 7:38 < async delegating 8:32 < async loops 21:67 < async <anonymous> 26:66
// expect: thenable Object.then 22:71 < async waits 22:45 < async <anonymous> 26:66
// expect: two boom 4:43 < async <anonymous> 23:74 < async Promise.allSettled (index 0) (native) < async two 23:94 < async <anonymous> 26:66
// expect: sync starts 24:49 < sync 24:54 < 26:72
