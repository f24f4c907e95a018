// An uncaught error ends the program with exit code 1, after what it printed before.
console.log('before');
function fail() {
  throw new RangeError('too far');
}
fail();
console.log('never');
// expect: before
// expect error: RangeError: too far
// expect exit: 1
