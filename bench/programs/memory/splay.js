// A splay tree whose nodes carry payloads: insertion and removal keep old and young memory mixed.
class Node {
  constructor(key, payload) { this.key = key; this.payload = payload; this.left = null; this.right = null; }
}

class SplayTree {
  constructor() { this.root = null; }

  splay(key) { // top-down, after Sleator and Tarjan
    let current = this.root;
    if (!current) return;
    const header = new Node(0, null);
    let left = header, right = header;
    for (;;) {
      if (key < current.key) {
        if (!current.left) break;
        if (key < current.left.key) {
          const child = current.left;
          current.left = child.right;
          child.right = current;
          current = child;
          if (!current.left) break;
        }
        right.left = current;
        right = current;
        current = current.left;
      } else if (key > current.key) {
        if (!current.right) break;
        if (key > current.right.key) {
          const child = current.right;
          current.right = child.left;
          child.left = current;
          current = child;
          if (!current.right) break;
        }
        left.right = current;
        left = current;
        current = current.right;
      } else {
        break;
      }
    }
    left.right = current.left;
    right.left = current.right;
    current.left = header.right;
    current.right = header.left;
    this.root = current;
  }

  insert(key, payload) {
    const node = new Node(key, payload);
    if (this.root) {
      this.splay(key);
      if (this.root.key === key) return false;
      if (key > this.root.key) {
        node.left = this.root;
        node.right = this.root.right;
        this.root.right = null;
      } else {
        node.right = this.root;
        node.left = this.root.left;
        this.root.left = null;
      }
    }
    this.root = node;
    return true;
  }

  remove(key) {
    this.splay(key);
    if (!this.root || this.root.key !== key) return null;
    const removed = this.root;
    if (!removed.left) {
      this.root = removed.right;
    } else {
      const right = removed.right;
      this.root = removed.left;
      this.splay(key);
      this.root.right = right;
    }
    return removed;
  }

  greatestBelow(key) {
    let found = null;
    for (let node = this.root; node;) {
      if (node.key < key) { found = node; node = node.right; } else node = node.left;
    }
    return found;
  }
}

const payload = (depth, tag) =>
  depth === 0 ? { numbers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], text: "leaf of " + tag } : { left: payload(depth - 1, tag), right: payload(depth - 1, tag) };

function run() {
  const tree = new SplayTree();
  let seed = 49734321;
  const random = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647; };
  const insert = () => { let key = random(); while (!tree.insert(key, payload(3, key > 0.5 ? "high" : "low"))) key = random(); return key; };
  for (let i = 0; i < 600; i++) insert();
  for (let i = 0; i < 600; i++) {
    const key = insert(), below = tree.greatestBelow(key);
    tree.remove(below ? below.key : key);
  }
  let count = 0;
  (function visit(node) { if (node) { count++; visit(node.left); visit(node.right); } })(tree.root);
  return count + "/" + tree.root.key.toFixed(8);
}
