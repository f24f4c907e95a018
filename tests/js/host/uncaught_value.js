// Of a value that is no Error the place of its throw is shown.
function thrower() {
  try { throw 1; } catch {}
  throw { code: 5 };
}
thrower();
// exit: 1
// expect-error: uncaught_value.js:4:3
// expect-error:   throw { code: 5 };
// expect-error:   ^
// expect-error: Uncaught { code: 5 }
