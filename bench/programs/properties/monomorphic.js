// Reads and writes where every site sees objects of one shape.
class Point {
  constructor(x, y, z) { this.x = x; this.y = y; this.z = z; }
}

function run() {
  const points = [];
  for (let i = 0; i < 100; i++) points.push(new Point(i, i + 1, i + 2));
  let sum = 0;
  for (let round = 0; round < 1500; round++) {
    for (let i = 0; i < points.length; i++) {
      const p = points[i];
      p.x = p.y + 1;
      p.y = p.z - p.x;
      p.z = (p.z + 1) & 1023;
      sum = (sum + p.x + p.y) | 0;
    }
  }
  return sum;
}
