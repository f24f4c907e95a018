// Thousands of jobs wait while the heap is collected; none loses what it refers to.
const log = [];
const later = async (value) => { await null; return { value, text: "t" + value, list: [value] }; };
(async () => {
  for (let round = 0; round < 5; round++) {
    const many = Array.from({ length: 3000 }, (_, i) => later(i + round));
    let garbage = [];
    for (let i = 0; i < 200000; i++) garbage.push({ i });
    garbage = null;
    const results = await Promise.all(many);
    log.push(results.every((r, i) => r.value === i + round && r.text === "t" + (i + round) && r.list[0] === r.value));
  }
  let order = [];
  for (let i = 0; i < 2000; i++) Promise.resolve({ i }).then((o) => { order.push(o.i); if (o.i % 3 === 0) Promise.resolve([o]).then(([p]) => order.push(-p.i)); });
  await new Promise((resolve) => setTimeout(resolve, 0));
  log.push(order.length, order.slice(0, 2000).every((v, i) => v === i), order.slice(2000, 2003).join());
  console.log(log.join(" "));
})();
// expect: true true true true true 2667 true 0,-3,-6
