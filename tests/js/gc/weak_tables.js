// Weak tables that are old: what is put into them later is kept as long as its key, and no longer.
const churn = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += [i, { i }].length; return sum; };
const table = new WeakMap(), other = new WeakMap(), members = new WeakSet(), keys = [];
let rounds = 0;
const put = (i) => {
  const key = { i };
  keys[i] = key;
  // The value of one table is the key of the other; the value refers to its own key.
  const link = { key };
  table.set(key, link);
  other.set(link, { text: "v" + i + ":" + rounds });
  members.add(key);
  table.set({ i }, { lost: new Array(20) });
};
for (let i = 0; i < 400; i++) put(i);
for (rounds = 1; rounds <= 10; rounds++) {
  churn(12000);
  for (let i = rounds; i < 400; i += 37) put(i);
  table.delete(keys[rounds * 7]);
  table.set(keys[rounds * 7], { key: keys[rounds * 7] });
  other.set(table.get(keys[rounds * 7]), { text: "again" });
}
churn(30000);
let wrong = 0, again = 0;
for (const key of keys) {
  const link = table.get(key), value = other.get(link);
  if (link.key !== key || !members.has(key)) wrong++;
  if (value.text === "again") again++;
  else if (!value.text.startsWith("v" + key.i + ":")) wrong++;
}
console.log(wrong, again); // expect: 0 9
