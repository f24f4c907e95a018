// Numbers: double arithmetic and typed arrays.
function run() {
  const n = 200, grid = new Float64Array(n * n);
  for (let step = 0; step < 8; step++)
    for (let y = 0; y < n; y++)
      for (let x = 0; x < n; x++) {
        let zr = 0, zi = 0, i = 0;
        const cr = x / n * 3 - 2, ci = y / n * 2 - 1;
        while (i < 12 && zr * zr + zi * zi < 4) { const t = zr * zr - zi * zi + cr; zi = 2 * zr * zi + ci; zr = t; i++; }
        grid[y * n + x] += i * 0.5;
      }
  let sum = 0;
  for (let i = 0; i < grid.length; i++) sum += Math.sqrt(grid[i]);
  return Math.round(sum * 1000);
}
