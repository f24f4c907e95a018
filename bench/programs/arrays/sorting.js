// sort: numbers and objects with a comparator, strings without.
function run() {
  const numbers = [], people = [], words = [];
  let seed = 42;
  for (let i = 0; i < 2500; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    numbers.push(seed % 10000);
    people.push({ age: seed % 90, id: i });
    words.push("n" + (seed % 5000));
  }
  numbers.sort((a, b) => a - b);
  people.sort((a, b) => a.age - b.age || b.id - a.id);
  words.sort();
  let sum = 0;
  for (let i = 0; i < 2500; i += 100) sum += numbers[i] + people[i].id + words[i].length;
  return sum;
}
