// Deferred modules run when a string key is first asked for; what awaits has run before.
import { log } from "./defer_log_module.mjs";
import defer * as sync from "./defer_sync_module.mjs";
import defer * as later from "./defer_async_module.mjs";
import defer * as broken from "./defer_throws_module.mjs";
import bytes from "./defer_log_module.mjs" with { type: "bytes" };

console.log(log.join());
console.log(sync[Symbol.toStringTag], sync.then, log.join());
console.log("nothing" in sync, log.join());
console.log(later.value, sync.value, log.join());
for (let i = 0; i < 2; ++i) try { broken.x; } catch (e) { console.log(e.message); }
console.log(Object.keys(sync).join(), sync === (await import.defer("./defer_sync_module.mjs")));
const whole = await import("./defer_async_module.mjs");
console.log(whole[Symbol.toStringTag], whole === later, whole.value);
console.log(bytes.constructor.name, String.fromCharCode(...bytes).trim(), bytes.buffer.immutable);
try { await import.source("./defer_log_module.mjs"); } catch (e) { console.log(e.name); }
// expect: awaits
// expect: Deferred Module undefined awaits
// expect: false awaits,dependency,sync
// expect: 2 1 awaits,dependency,sync,async
// expect: once
// expect: once
// expect: value true
// expect: Module false 2
// expect: Uint8Array export const log = []; true
// expect: SyntaxError
