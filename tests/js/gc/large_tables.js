// Stores into large old tables: minor collections look only at the written parts, and at parts of grown copies.
const kCount = 3000;
let seed = 1;
const random = (limit) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % limit;
const fresh = (i, round) => ({ i, round, text: `${i}:${round}`, list: [i, round] });
const churn = () => { let sum = 0; for (let i = 0; i < 8000; i++) sum += [i, { i }].length; return sum; };
const isFresh = (value, i, round) => value.i === i && value.round === round && value.text === `${i}:${round}` && value.list[1] === round;

const rounds = new Array(kCount).fill(0);
const array = [], map = new Map(), byObject = new Map(), set = new Set(), dictionary = {}, keys = [];
for (let i = 0; i < kCount; i++) {
  // Growing, with collections in between.
  keys.push({ i });
  array.push(fresh(i, 0));
  map.set("k" + i, fresh(i, 0));
  byObject.set(keys[i], fresh(i, 0));
  set.add(keys[i]);
  dictionary["p" + i] = fresh(i, 0);
  if (i % 500 === 0) churn();
}
for (let round = 1; round <= 8; round++) {
  for (let n = 0; n < 60; n++) {
    const i = random(kCount);
    rounds[i] = round;
    array[i] = fresh(i, round);
    map.set("k" + i, fresh(i, round));
    dictionary["p" + i] = fresh(i, round);
    // A new key in place of the old one.
    set.delete(keys[i]);
    byObject.delete(keys[i]);
    byObject.set(keys[i] = { i }, fresh(i, round));
    set.add(keys[i]);
    if (n % 20 === 0) churn();
  }
  // Old values change places.
  const a = random(kCount), b = random(kCount);
  [array[a], array[b]] = [array[b], array[a]];
  [array[a], array[b]] = [array[b], array[a]];
  churn();
}
let wrong = 0;
for (let i = 0; i < kCount; i++) {
  const all = [array[i], map.get("k" + i), byObject.get(keys[i]), dictionary["p" + i]];
  if (!all.every((value) => isFresh(value, i, rounds[i])) || !set.has(keys[i])) wrong++;
}
console.log(wrong, map.size, set.size, Object.keys(dictionary).length); // expect: 0 3000 3000 3000
