// push, pop, shift, unshift, splice, concat, slice: arrays as stacks, queues and lists.
function run() {
  let sum = 0;
  const stack = [];
  for (let i = 0; i < 60000; i++) {
    stack.push(i);
    if ((i & 3) === 3) sum += stack.pop() + stack.pop();
  }
  const queue = [];
  for (let i = 0; i < 10000; i++) {
    queue.push(i);
    if (queue.length > 50) sum += queue.shift();
  }
  let list = [];
  for (let i = 0; i < 500; i++) {
    list.splice(i >> 1, 0, i);
    list.unshift(-i);
    if (list.length > 200) list = list.slice(50).concat(list.slice(0, 50), [i]);
    if ((i & 7) === 0) list.splice(10, 20, 1, 2, 3);
  }
  for (const value of list) sum += value;
  return (sum + stack.length + queue.length) % 1000003;
}
