// Objects as dictionaries: computed names, `in`, delete, many properties, Object.keys and entries.
function run() {
  const names = [];
  for (let i = 0; i < 500; i++) names.push("key" + i);
  let sum = 0;
  for (let round = 0; round < 20; round++) {
    const table = {};
    for (let i = 0; i < names.length; i++) table[names[i]] = i;
    for (let i = 0; i < names.length; i++) table[names[(i * 7) % 500]] += 1;
    for (let i = 0; i < names.length; i += 5) delete table[names[i]];
    for (let i = 0; i < names.length; i++) if (names[i] in table) sum += table[names[i]];
    for (const name of Object.keys(table)) sum += name.length;
    for (const [, value] of Object.entries(table)) sum += value & 1;
  }
  return sum;
}
