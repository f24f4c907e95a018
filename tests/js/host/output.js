// Both streams, and the order of jobs and timers.
console.log('first');
console.error('to the error stream');
setTimeout(() => console.log('fourth'), 1);
Promise.resolve().then(() => console.log('third'));
console.log('second: grüße, %d', 42);
// expect: first
// expect: second: grüße, 42
// expect: third
// expect: fourth
// expect error: to the error stream
