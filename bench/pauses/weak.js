// 100,000 entries of a WeakMap and as many weak references, while much else is made and dropped.
const keys = [], references = [], map = new WeakMap();
const begin = () => {
  for (let i = 0; i < 100000; i++) {
    const key = { i };
    keys.push(key);
    references.push(new WeakRef(key));
    map.set(key, { value: i });
  }
};
begin();
setTimeout(() => {
  let dropped = 0;
  for (let i = 0; i < 6000000; i++) {
    const object = { x: i, y: [i] };
    if (i % 500 === 0) map.set(keys[(i * 7) % 100000], { value: (i * 7) % 100000 });
    dropped += object.y.length;
  }
  console.log(dropped, keys.every((key, i) => map.get(key).value === i && references[i].deref() === key));
}, 0);
