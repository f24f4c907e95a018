// caller and arguments of sloppy functions show what is on the stack, and nothing strict.
function show() { return show.caller; }
function sloppy() { return show(); }
function strict() { "use strict"; return show(); }
console.log(sloppy() === sloppy, strict(), show(), show.caller, show.arguments);
function own() { return [own.arguments.length, own.arguments[1], Object.keys(own)]; }
console.log(own(1, 2), Object.hasOwn(own, "arguments"));
try { strict.caller; } catch (e) { console.log(e.name); }
const arrow = () => {};
try { arrow.arguments; } catch (e) { console.log(e.name); }
own.caller = 1;
Object.defineProperty(own, "arguments", { value: "mine" });
console.log(own.caller, own.arguments);
// expect: true null null null null
// expect: [ 2, 2, [] ] false
// expect: TypeError
// expect: TypeError
// expect: null mine
