function inner() {
  throw new TypeError("broken");
}
inner();
// exit: 1
// expect-error: uncaught.js:2:9
// expect-error:   throw new TypeError("broken");
// expect-error:         ^
// expect-error: TypeError: broken
// expect-error:     at inner (
