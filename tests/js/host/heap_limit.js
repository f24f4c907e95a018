// skip gc-stress: each collection goes through all that is kept
const keep = [];
for (;;) keep.push({ a: [1, 2, 3], b: "x".repeat(10) + keep.length });
// flags: --heap-limit 32m
// exit: 70
// expect-error: the heap limit is exceeded
