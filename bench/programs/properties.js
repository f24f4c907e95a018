// Properties: reads, writes, prototypes, object literals.
class Vector { constructor(x, y, z) { this.x = x; this.y = y; this.z = z; } dot(o) { return this.x * o.x + this.y * o.y + this.z * o.z; } }
function run() {
  let sum = 0;
  const a = new Vector(1, 2, 3);
  for (let i = 0; i < 400000; i++) {
    const b = new Vector(i & 7, i & 3, 1);
    sum += a.dot(b);
    const p = { id: i, next: b, ok: true };
    p.id += 1; p.next.x = p.id;
    sum += p.next.x & 15;
  }
  return sum;
}
