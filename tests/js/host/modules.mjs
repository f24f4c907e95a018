import total, { add, counter } from "./lib_module.mjs";
import * as lib from "./lib_module.mjs";
add(2); add(3);
console.log(total, counter, Object.keys(lib));   // expect: 10 5 [ 'add', 'counter', 'default' ]
const again = await import("./lib_module.mjs");
console.log(again === lib, typeof import.meta.url); // expect: true string
try { await import("./nowhere.mjs"); } catch (e) { console.log(e.code); } // expect: ERR_MODULE_NOT_FOUND
