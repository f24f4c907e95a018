// A sudoku by propagation and search over sets of candidates kept as bits.
const PUZZLES = [
  "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
  "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9".replace(/^\.{9}/, "987654321"),
];

const UNITS = [], PEERS = [];
for (let i = 0; i < 9; i++) {
  UNITS.push(Array.from({ length: 9 }, (_, j) => i * 9 + j));
  UNITS.push(Array.from({ length: 9 }, (_, j) => j * 9 + i));
  UNITS.push(Array.from({ length: 9 }, (_, j) => (Math.floor(i / 3) * 3 + Math.floor(j / 3)) * 9 + (i % 3) * 3 + (j % 3)));
}
for (let cell = 0; cell < 81; cell++) {
  const around = new Set();
  for (const unit of UNITS) if (unit.includes(cell)) unit.forEach((other) => { if (other !== cell) around.add(other); });
  PEERS.push([...around]);
}

const count = (set) => { let n = 0; for (; set; set &= set - 1) n++; return n; };
let steps = 0;

function assign(cells, cell, bit) {
  const todo = [[cell, bit]];
  while (todo.length) {
    const [at, value] = todo.pop();
    steps++;
    if (!(cells[at] & value)) return false;
    cells[at] = value;
    for (const peer of PEERS[at]) {
      if (!(cells[peer] & value)) continue;
      cells[peer] &= ~value;
      if (cells[peer] === 0) return false;
      if ((cells[peer] & (cells[peer] - 1)) === 0) todo.push([peer, cells[peer]]);
    }
  }
  return true;
}

function search(cells) {
  let best = -1, fewest = 10;
  for (let i = 0; i < 81; i++) {
    const n = count(cells[i]);
    if (n > 1 && n < fewest) { fewest = n; best = i; }
  }
  if (best < 0) return cells;
  for (let set = cells[best]; set; set &= set - 1) {
    const copy = cells.slice();
    if (assign(copy, best, set & -set)) {
      const solved = search(copy);
      if (solved) return solved;
    }
  }
  return null;
}

function solve(text) {
  const cells = new Array(81).fill(511);
  for (let i = 0; i < 81; i++) if (text[i] !== "." && !assign(cells, i, 1 << (Number(text[i]) - 1))) return null;
  return search(cells);
}

function run() {
  steps = 0;
  const texts = PUZZLES.map((puzzle) => {
    const solved = solve(puzzle);
    return solved ? solved.map((set) => Math.log2(set) + 1).join("") : "none";
  });
  for (let i = 0; i < 8; i++) solve(PUZZLES[0]);
  return texts.map((text) => text.slice(-9)).join("/") + "/" + steps;
}
