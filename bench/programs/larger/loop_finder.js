// Finds the loops of a control-flow graph: depth-first numbers, back edges, union-find, nesting depths.
class Block {
  constructor(id) { this.id = id; this.successors = []; this.predecessors = []; }
}

class Graph {
  constructor() { this.blocks = []; }
  block() { const made = new Block(this.blocks.length); this.blocks.push(made); return made; }
  edge(from, to) { from.successors.push(to); to.predecessors.push(from); }
  diamond(from) {
    const left = this.block(), right = this.block(), join = this.block();
    this.edge(from, left); this.edge(from, right); this.edge(left, join); this.edge(right, join);
    return join;
  }
  loop(from, depth) {
    const header = this.block();
    this.edge(from, header);
    let body = this.diamond(header);
    for (let i = 0; i < depth; i++) body = this.loop(body, depth - 1);
    this.edge(body, header);
    const after = this.block();
    this.edge(body, after);
    return after;
  }
}

class Loop {
  constructor(header) { this.header = header; this.members = new Set(); this.parent = null; this.depth = 0; }
}

function number(graph) {
  const order = [], first = new Map(), last = new Map(), stack = [[graph.blocks[0], 0]];
  first.set(graph.blocks[0], 0);
  order.push(graph.blocks[0]);
  while (stack.length) {
    const top = stack[stack.length - 1];
    if (top[1] === top[0].successors.length) {
      last.set(top[0], order.length - 1);
      stack.pop();
      continue;
    }
    const next = top[0].successors[top[1]++];
    if (first.has(next)) continue;
    first.set(next, order.length);
    order.push(next);
    stack.push([next, 0]);
  }
  return { order, first, last };
}

function findLoops(graph) {
  const { order, first, last } = number(graph);
  const root = order.map((_, i) => i), loopOf = new Map(), loops = [];
  const find = (i) => { while (root[i] !== i) { root[i] = root[root[i]]; i = root[i]; } return i; };
  const isAncestor = (a, b) => first.get(a) <= first.get(b) && first.get(b) <= last.get(a);
  for (let w = order.length - 1; w >= 0; w--) {
    const header = order[w], body = new Set(), todo = [];
    for (const p of header.predecessors) {
      if (first.has(p) && isAncestor(header, p)) { const r = find(first.get(p)); if (r !== w && !body.has(r)) { body.add(r); todo.push(r); } }
    }
    while (todo.length) {
      const at = order[todo.pop()];
      for (const p of at.predecessors) {
        if (!first.has(p) || isAncestor(at, p)) continue;
        const r = find(first.get(p));
        if (r !== w && !body.has(r) && isAncestor(header, order[r])) { body.add(r); todo.push(r); }
      }
    }
    if (!body.size) continue;
    const loop = new Loop(header);
    loops.push(loop);
    for (const i of body) {
      root[i] = w;
      const inner = loopOf.get(i);
      if (inner) inner.parent = loop;
      else loop.members.add(order[i]);
    }
    loopOf.set(w, loop);
  }
  for (const loop of loops) for (let up = loop.parent; up; up = up.parent) loop.depth++;
  return loops;
}

function run() {
  const graph = new Graph();
  let at = graph.block();
  for (let i = 0; i < 8; i++) at = graph.loop(graph.diamond(at), 3);
  let sum = 0;
  for (const loop of findLoops(graph)) sum += 1 + loop.depth * 10 + loop.members.size * 100;
  return sum + "/" + graph.blocks.length;
}
