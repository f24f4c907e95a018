// A graph of 100,000 objects with cycles: cloned in place, and sent to a worker and back.
const roles = { echo: (port) => port.receive((value) => port.post(value)) };

const build = (count) => {
  const nodes = [];
  for (let i = 0; i < count; i++) nodes.push({ id: i, name: "node" + (i & 255), weight: i * 0.5, up: null, left: null, right: null });
  for (let i = 0; i < count; i++) {
    nodes[i].up = nodes[i >> 1];
    nodes[i].left = nodes[i * 2 + 1] || null;
    nodes[i].right = nodes[i * 2 + 2] || null;
  }
  return nodes;
};

async function main(threads) {
  const graph = build(100000), figures = {};
  if (typeof structuredClone === "function") {
    figures.clone = await best(5, () => {
      const begin = benchNow(), copy = structuredClone(graph), time = benchNow() - begin;
      if (copy[5].left !== copy[11] || copy === graph) throw new Error("not a clone");
      return time;
    });
  }
  const worker = threads.start("echo"), next = messages(worker);
  figures.graph_echo = await best(5, async () => {
    const begin = benchNow();
    worker.post(graph);
    const copy = await next(), time = benchNow() - begin;
    if (copy[5].left !== copy[11] || copy.length !== 100000) throw new Error("not a clone");
    return time;
  });
  return figures;
}
