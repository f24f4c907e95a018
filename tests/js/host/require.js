const lib = require("./lib_fixture.js");
console.log(lib.name, lib.square(4), require("./lib_fixture.js") === lib, typeof __filename); // expect: lib 16 true string
try { require("./nowhere"); } catch (e) { console.log(e.code, e.message); } // expect: MODULE_NOT_FOUND Cannot find module './nowhere'
