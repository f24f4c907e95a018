// What calls do beside passing plain arguments: defaults, rest, spread, `arguments`, apply, bind, call.
function withDefaults(a, b = 2, c = a + b) { return a + b + c; }
function withRest(first, ...rest) { return first + rest.length; }
function withArguments() {
  let sum = 0;
  for (let i = 0; i < arguments.length; i++) sum += arguments[i];
  return sum;
}
function plain(a, b, c) { return this.base + a + b + c; }

function run() {
  const list = [1, 2, 3], receiver = { base: 10 }, bound = plain.bind(receiver, 1);
  let total = 0;
  for (let i = 0; i < 20000; i++) {
    total += withDefaults(i) + withDefaults(i, 1) + withRest(i, 1, 2, 3);
    total += withArguments(i, 1, 2) + withArguments(...list);
    total += plain.call(receiver, 1, 2, 3) + plain.apply(receiver, list) + bound(2, i);
    total += Math.max(...list) + Math.min(i, 3, 5);
    total %= 1000003;
  }
  return total;
}
