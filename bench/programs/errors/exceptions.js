// throw and catch: near, through frames, finally, errors with stacks, plain values.
function thrower(depth, value) {
  if (depth === 0) throw value;
  return thrower(depth - 1, value) + 1;
}
function withFinally(i, log) {
  try {
    if (i % 3 === 0) return i;
    if (i % 3 === 1) throw i;
  } catch (value) {
    return value + 1;
  } finally {
    log.count++;
  }
  return -1;
}

function run() {
  let sum = 0;
  const log = { count: 0 };
  for (let i = 0; i < 6000; i++) {
    try { thrower(i & 7, i); } catch (value) { sum += value; }
    try { throw new Error("failed " + i); } catch (error) { sum += error.message.length; }
    try { null.property; } catch (error) { if (error instanceof TypeError) sum++; }
    for (let j = 0; j < 6; j++) sum += withFinally(i + j, log);
    sum %= 1000003;
  }
  return sum + log.count;
}
