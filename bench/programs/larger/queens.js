// All solutions of the queens problem, by arrays of flags and again by bits.
function byArrays(n, row, columns, up, down) {
  if (row === n) return 1;
  let found = 0;
  for (let column = 0; column < n; column++) {
    if (columns[column] && up[row + column] && down[row - column + n]) {
      columns[column] = up[row + column] = down[row - column + n] = false;
      found += byArrays(n, row + 1, columns, up, down);
      columns[column] = up[row + column] = down[row - column + n] = true;
    }
  }
  return found;
}

function byBits(all, columns, left, right) {
  if (columns === all) return 1;
  let found = 0;
  for (let free = all & ~(columns | left | right); free; free &= free - 1) {
    const bit = free & -free;
    found += byBits(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return found;
}

function run() {
  const n = 7, yes = (length) => new Array(length).fill(true);
  return byArrays(n, 0, yes(n), yes(2 * n), yes(2 * n + 1)) * 1000 + byBits((1 << 8) - 1, 0, 0, 0);
}
