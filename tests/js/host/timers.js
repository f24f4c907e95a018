setTimeout(() => console.log("timeout 5"), 5);
setTimeout(a => console.log("timeout 0", a), 0, "arg");
const id = setInterval(() => { console.log("interval"); clearInterval(id); }, 1);
clearTimeout(setTimeout(() => console.log("never"), 1));
Promise.resolve().then(() => console.log("microtask"));
queueMicrotask(() => console.log("queued"));
console.log("sync");
// expect: sync
// expect: microtask
// expect: queued
// expect: timeout 0 arg
// expect: interval
// expect: timeout 5
