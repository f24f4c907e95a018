// JSON.parse of records, nested lists and long strings.
const records = [];
for (let i = 0; i < 300; i++) {
  records.push({ id: i, name: "name " + i, tags: ["a", "b" + i, "c\n\u00e9"], score: i * 1.25, ok: i % 2 === 0, nested: { x: null, y: [i, -i, i / 3] } });
}
const TEXT = JSON.stringify(records), NUMBERS = JSON.stringify(Array.from({ length: 3000 }, (_, i) => i * 37));

function run() {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const list = JSON.parse(TEXT);
    sum += list.length + list[i].nested.y[0] + list[299].tags[2].length + JSON.parse(NUMBERS)[2999];
  }
  sum += JSON.parse(TEXT.slice(0, TEXT.indexOf("}},") + 2) + "]", (key, value) => (typeof value === "number" ? value + 1 : value))[0].id;
  return sum;
}
