// Reads and writes by index: numbers, objects, two dimensions.
function run() {
  const size = 64, grid = [];
  for (let y = 0; y < size; y++) grid.push(new Array(size).fill(y));
  for (let step = 0; step < 12; step++) {
    for (let y = 1; y < size - 1; y++) {
      const row = grid[y], above = grid[y - 1], below = grid[y + 1];
      for (let x = 1; x < size - 1; x++) row[x] = (row[x - 1] + row[x + 1] + above[x] + below[x]) & 1023;
    }
  }
  let sum = 0;
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) sum += grid[y][x];
  const sieve = [];
  for (let i = 0; i < 20000; i++) sieve[i] = true;
  for (let i = 2; i * i < 20000; i++) if (sieve[i]) for (let j = i * i; j < 20000; j += i) sieve[j] = false;
  for (let i = 2; i < 20000; i++) if (sieve[i]) sum++;
  return sum;
}
