"2020-05".replace(/(\d+)-(\d+)/, "");
console.log(RegExp.$1, RegExp.$2, RegExp.lastMatch, RegExp.lastParen, RegExp.$3 === "");
// expect: 2020 05 2020-05 05 true
/b/.test("abc");
console.log(RegExp.leftContext, RegExp.rightContext, RegExp.input, RegExp["$&"]);
// expect: a c abc b
new (class extends RegExp {})("c").test("abc");
try { RegExp.$1; } catch (e) { console.log(e.name); }
// expect: TypeError
