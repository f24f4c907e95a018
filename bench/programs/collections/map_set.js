// Map and Set with numbers, strings and objects as keys.
function run() {
  const numbers = new Map(), words = new Map(), seen = new Set(), objects = new Map(), keys = [];
  for (let i = 0; i < 500; i++) keys.push({ i });
  let sum = 0;
  for (let i = 0; i < 10000; i++) {
    numbers.set((i * 7919) % 2003, i);
    const word = "w" + (i % 500);
    words.set(word, (words.get(word) || 0) + 1);
    objects.set(keys[i % 500], i);
    seen.add(i % 777);
    if (numbers.has(i)) sum += numbers.get(i);
    if ((i & 15) === 0) numbers.delete(i % 2003);
  }
  for (const [key, value] of words) sum += key.length + value;
  objects.forEach((value, key) => { sum += value + key.i; });
  for (const value of seen) sum += value;
  return sum + numbers.size;
}
