// async functions, awaits of values and promises, async generators, Promise.all, then chains.
const later = async (value) => value + 1;
async function chain(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += await later(i);
  return total;
}
async function* ticks(n) { for (let i = 0; i < n; i++) yield i; }

async function run() {
  let sum = await chain(3000);
  for (let i = 0; i < 3000; i++) sum += await i;
  for await (const tick of ticks(1000)) sum += tick;
  const many = await Promise.all(Array.from({ length: 1000 }, (_, i) => later(i)));
  sum += many[999];
  let promise = Promise.resolve(0);
  for (let i = 0; i < 2000; i++) promise = promise.then((value) => value + 1);
  sum += await promise;
  try { await Promise.reject(new Error("no")); } catch (error) { sum += error.message.length; }
  return sum;
}
