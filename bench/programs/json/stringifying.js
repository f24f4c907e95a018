// JSON.stringify: records, escapes, indentation, toJSON, a replacer.
const records = [];
for (let i = 0; i < 200; i++) {
  records.push({ id: i, name: "name \"" + i + "\"", text: "line\nline\ttab \u00e9\u4e2d", score: i * 0.1, ok: true, none: null, list: [1, 2, { deep: [i] }] });
}
const dated = { toJSON() { return { when: "then", values: [1, 2, 3] }; } };

function run() {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += JSON.stringify(records).length;
  sum += JSON.stringify(records, null, 2).length;
  sum += JSON.stringify(records, (key, value) => (key === "text" ? undefined : value)).length;
  sum += JSON.stringify([dated, dated], ["when", "values"]).length;
  return sum;
}
