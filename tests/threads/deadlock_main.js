// exit: 73
// expect-error: skein: deadlock: the program waits for something that nobody can do any more
// expect-error: deadlock_main.js:6:9 on SharedArrayBuffer #
// expect-error: index 0: expected 0, is 0
const words = new Int32Array(new SharedArrayBuffer(4));
Atomics.wait(words, 0, 0);
