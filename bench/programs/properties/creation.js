// Objects born: literals, constructors that add properties, properties added one by one.
function Node3(key, left, right) { this.key = key; this.left = left; this.right = right; }

function grow(i) {
  const object = {};
  object.id = i;
  object.name = "n";
  object.next = null;
  object.flags = i & 7;
  object.size = 1;
  object.last = true;
  return object;
}

function run() {
  let sum = 0;
  for (let i = 0; i < 30000; i++) {
    const literal = { id: i, next: null, ok: true, tag: "t" };
    const built = new Node3(i, literal, null);
    const grown = grow(i);
    const nested = { a: { b: { c: i } }, list: [i, i + 1] };
    sum = (sum + built.left.id + grown.flags + nested.a.b.c + nested.list[1]) % 1000003;
  }
  return sum;
}
