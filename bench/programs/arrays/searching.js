// Native loops without callbacks: indexOf, includes, join, reverse, fill, copyWithin, flat.
function run() {
  const numbers = [], words = [], objects = [];
  for (let i = 0; i < 1000; i++) { numbers.push(i * 3); words.push("w" + i); objects.push({ i }); }
  let sum = 0;
  for (let i = 0; i < 400; i++) {
    sum += numbers.indexOf(i * 7) + words.indexOf("w" + i) + objects.indexOf(objects[i * 2]);
    if (numbers.includes(2999)) sum++;
    sum += numbers.lastIndexOf(0) + [1, 2, 3, i].reverse()[0];
  }
  for (let i = 0; i < 20; i++) {
    sum += numbers.join(",").length + [words, [numbers]].flat(2).length;
    sum += new Array(1000).fill(i).copyWithin(0, 500)[3];
  }
  return sum;
}
