// Whatever nests too deeply ends in a RangeError (or works), on every kind of stack that a build has.
// skip gc-stress: each collection goes through the whole stack
const { Worker, isMainThread } = require("worker_threads");
const nest = (open, close, n, middle = "") => open.repeat(n) + middle + close.repeat(n);
const chain = (n, wrap, value) => {
  for (let i = 0; i < n; i++) value = wrap(value);
  return value;
};
const n = 20_000;

const calls = {
  plain: function f() { return f() + 1; },
  sort: function f() { return [2, 1].sort(() => f()); },
  map: function f() { return [1].map(f); },
  replace: function f() { return "a".replace("a", f); },
  toString: () => String({ toString() { return "" + this; } }),
  getter: () => ({ get x() { return Object.assign({}, this); } }).x,
  spread: function f() { return [...(function* () { yield f(); })()]; },
  eval: () => (globalThis.again = () => eval("again()"))(),
  Function: () => (globalThis.again = () => new Function("return again()")())(),
  construct: function f() { return Reflect.construct(f, []); },
  hasInstance: () => { class A { static [Symbol.hasInstance](x) { return x instanceof A; } } return 1 instanceof A; },
  toJSON: () => JSON.stringify({ toJSON() { return JSON.stringify(this); } }),
  reviver: function f() { return JSON.parse("[1]", f); },
  trap: () => new Proxy({}, { get: (target, key, receiver) => Reflect.get(receiver, key) }).x,
};
const values = {
  proxies: () => chain(n, (value) => new Proxy(value, {}), {}).x,
  "proxies of a function": () => chain(n, (value) => new Proxy(value, {}), () => 1)(),
  prototypes: () => chain(n, (value) => Object.create(new Proxy(value, {})), {}).x,
  "bound functions": () => chain(n, (value) => Object.defineProperty(value.bind(), "name", { value: "" }), () => 1)(),
  stringify: () => JSON.stringify(chain(n, (value) => [value], [])),
  parse: () => JSON.parse(nest("[", "]", n)),
  revive: () => JSON.parse(nest("[", "]", n), (key, value) => value),
  flat: () => chain(n, (value) => [value], []).flat(Infinity),
  join: () => chain(n, (value) => [value], []).join(),
  clone: () => structuredClone(chain(n, (value) => ({ value }), {})),
  iterators: () => chain(n, (value) => value.map((x) => x), [1].values()).next(),
  "yield *": () => { function* g(i) { if (i) yield* g(i - 1); yield i; } return g(n).next(); },
  rope: () => chain(n, (value) => "a" + value + "b", "").charCodeAt(1),
  "regular expression": () => new RegExp(nest("(", ")", n)).exec("a"),
  class: () => new RegExp(nest("[", "]", n, "a"), "v").exec("a"),
};
const sources = {
  parentheses: (n) => nest("(", ")", n, "1"),
  arrays: (n) => nest("[", "]", n),
  objects: (n) => `(${nest("{a:", "}", n, "1")})`,
  unary: (n) => "!".repeat(n) + 1,
  blocks: (n) => nest("{", "}", n),
  functions: (n) => nest("function f() {", "}", n),
  "function expressions": (n) => `(${nest("function () { return ", "}", n, "1")})`,
  classes: (n) => `(${nest("class { a() { return ", "}}", n, "1")})`,
  arrows: (n) => "a=>".repeat(n) + 1,
  conditionals: (n) => "1?1:".repeat(n) + 1,
  templates: (n) => nest("`${", "}`", n, "1"),
  arguments: (n) => "if (0) " + nest("f(", ")", n, "1"),
  members: (n) => "if (0) a" + ".a".repeat(n),
  calls: (n) => "if (0) a" + "()".repeat(n),
  if: (n) => "if (1)".repeat(n) + ";",
  else: (n) => "if (0); else ".repeat(n) + ";",
  sums: (n) => "1" + "+1".repeat(n),
  powers: (n) => "1" + "**1".repeat(n),
  assignments: (n) => "var a;" + "a=".repeat(n) + 1,
  patterns: (n) => `if (0) { var ${nest("[", "]", n, "x")} = [] }`,
  loops: (n) => "for (; 0;)".repeat(n) + ";",
  "loops over": (n) => "for (let [x] of [])".repeat(n) + ";",
  "static blocks": (n) => nest("class A { static {", "}}", n),
  fields: (n) => nest("class A { a = ", "}", n, "1"),
  defaults: (n) => `(${nest("function f([a = ", "]) {}", n, "1")})`,
  try: (n) => nest("try {", "} finally {}", n),
};

let survived = 0;
function attempt(name, body) {
  try {
    body();
    survived++;
  } catch (error) {
    if (error instanceof RangeError || (name.startsWith("reg") || name === "class") && error instanceof SyntaxError) survived++;
    else console.log(name, error);
  }
}
for (const [name, body] of Object.entries({ ...calls, ...values })) attempt(name, body);
// As much as the parser takes, the compiler and the interpreter must take too.
for (const [name, source] of Object.entries(sources))
  for (let size = 64; size <= n; size = Math.ceil(size * 1.3)) attempt(name, () => (0, eval)(source(size)));
console.log(isMainThread ? "main" : "worker", survived > 0);
// expect: main true
// expect: worker true
if (isMainThread) new Worker(__filename);
