// Functions and variables of the global scope, as scripts without modules have them.
const step = (0, eval)(`
  var benchTotal = 0, benchLimit = 1000003;
  let benchLexical = 1;
  const benchConstant = 3;
  function benchAdd(value) { benchTotal = (benchTotal + value * benchConstant) % benchLimit; benchLexical ^= value; }
  function benchLoop(count) { benchTotal = 0; benchLexical = 1; for (var i = 0; i < count; i++) benchAdd(i); return benchTotal + benchLexical; }
  benchLoop;
`);

function run() {
  return step(100000);
}
