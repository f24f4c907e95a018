// Decorators: what they see, the order of everything, and what becomes of what they return.
const log = [];
const take = () => { const text = log.join(" "); log.length = 0; return text; };
const note = (label) => (log.push(`eval:${label}`), (value, context) => {
  log.push(`call:${label}:${context.kind}:${String(context.name)}`);
  context.addInitializer(function () { log.push(`init:${label}`); });
});

@note("class")
class Order extends (log.push("heritage"), Object) {
  @note("field") [(log.push("key:field"), "field")] = log.push("value:field");
  @note("static field") static sf = log.push("value:sf");
  @note("outer") @note("inner") method() {}
  @note("static") static sm() {}
  @note("get") get g() { return 1; }
  @note("accessor") accessor a = log.push("value:a");
  static { log.push("block"); }
}
console.log(take());
new Order();
console.log(take());
// expect: eval:class heritage eval:field key:field eval:static field eval:outer eval:inner eval:static eval:get eval:accessor call:static:method:sm call:inner:method:method call:outer:method:method call:get:getter:g call:accessor:accessor:a call:static field:field:sf call:field:field:field call:class:class:Order init:static value:sf init:static field block init:class
// expect: init:inner init:outer init:get value:field init:field value:a init:accessor

// What is returned takes the place of what was there.
const twice = (f) => function (...args) { return 2 * f.apply(this, args); };
const plus = (n) => (_, { kind }) => kind === "field" ? (v) => v + n
  : { init: (v) => v + n, get() { return "got"; }, set: undefined };
class Made {
  @twice one() { return 1; }
  @twice static two() { return 2; }
  @twice get three() { return 3; }
  @plus(1) @(() => (v) => v * 10) field = 4;
  @plus(5) accessor accessor = 1;
  @twice #hidden() { return 7; }
  hidden() { return this.#hidden(); }
}
const made = new Made();
console.log(made.one(), Made.two(), made.three, made.field, made.accessor, made.hidden());
// expect: 2 4 6 50 got 14

// The context object.
const contexts = [];
const keep = (value, context) => { contexts.push([typeof value, context]); };
class Seen {
  @keep static #secret = 5;
  @keep accessor open = 1;
  @keep set only(v) { this.open = v; }
}
for (const [type, c] of contexts) console.log(type, c.kind, c.name, c.static, c.private, Object.keys(c).join(), Object.keys(c.access).join());
const seen = new Seen();
const access = (name) => contexts.find(([, c]) => c.name === name)[1].access;
access("only").set(seen, 9);
console.log(access("open").get(seen), access("#secret").get(Seen), access("#secret").has({}), access("open").has(seen));
// expect: object accessor open false false kind,access,static,private,name,addInitializer,metadata get,set,has
// expect: function setter only false false kind,access,static,private,name,addInitializer,metadata set,has
// expect: undefined field #secret true true kind,access,static,private,name,addInitializer,metadata get,set,has
// expect: 9 5 false true

// Auto-accessors alone.
class Auto {
  accessor x = 1;
  static accessor y = 2;
  accessor #z = 3;
  accessor ["computed" + 1] = function () {};
  z() { return ++this.#z; }
  accessor;
  static accessor
  w = 4
}
const auto = new Auto();
auto.x += 10;
console.log(auto.x, Auto.y, auto.z(), auto.computed1.name, Object.keys(auto).join(), "accessor" in Auto, auto.w);
const pair = Object.getOwnPropertyDescriptor(Auto.prototype, "x");
console.log(pair.get.name, pair.set.name, pair.enumerable, pair.configurable);
try { pair.get.call({}); } catch (e) { console.log(e.name); }
// expect: 11 2 4 computed1 accessor,w true 4
// expect: get x set x false true
// expect: TypeError

// A class decorator replaces the class; its own name means the new one, `this` of static fields too.
const wrap = (C, { name }) => class extends C { static kind = `wrapped ${name}`; };
@wrap class Inner { static self = Inner.kind; static me = this.kind; make() { return new Inner(); } }
console.log(Inner.kind, Inner.self, Inner.me, new Inner().make() instanceof Inner);
console.log((@wrap class {}).kind, [@wrap class Named {}][0].kind);
// expect: wrapped Inner wrapped Inner wrapped Inner true
// expect: wrapped undefined wrapped Named

// Receivers, and mistakes.
const object = { decorators: { deco() { log.push(this === object.decorators); } } };
class Receivers { @object.decorators.deco a() {} @(object.decorators.deco) b() {} }
console.log(take());
const fails = (f) => { try { f(); console.log("no error"); } catch (e) { console.log(`${e.name}: ${e.message}`); } };
let late;
fails(() => class { @(1) m() {} });
fails(() => class { @(() => 1) m() {} });
fails(() => class { @(() => 1) accessor m; });
fails(() => @(() => 1) class {});
class Late { @((_, c) => { late = c.addInitializer; }) m() {} }
fails(() => late(() => {}));
fails(() => eval("class { @d constructor() {} }"));
fails(() => eval("(class { @d constructor() {} })"));
fails(() => eval("@d function f() {}"));
// expect: true false
// expect: TypeError: The decorator of m is not a function: 1
// expect: TypeError: The decorator of m must return a function or undefined
// expect: TypeError: The decorator of m must return an object or undefined
// expect: TypeError: The decorator of a class must return a function or undefined
// expect: TypeError: addInitializer was called after its decorator had returned
// expect: SyntaxError: Unexpected token '{'
// expect: SyntaxError: Constructors cannot be decorated
// expect: SyntaxError: Unexpected token 'function'

// Metadata: one object per decorated class, which inherits from the parent's.
const told = (value, { kind, name, metadata }) => { metadata[name] = [...(metadata[name] ?? []), kind]; };
@told class Parent { @told x; @told static m() {} @told #secret; @told accessor a; }
class Between extends Parent {}
class Child extends Between { @told x; @told get y() { return 1; } static seen = Child[Symbol.metadata].x.join(); }
console.log(JSON.stringify(Parent[Symbol.metadata]), Object.getPrototypeOf(Parent[Symbol.metadata]));
console.log(JSON.stringify(Child[Symbol.metadata]), Object.getPrototypeOf(Child[Symbol.metadata]) === Parent[Symbol.metadata], Child.seen);
console.log(Between[Symbol.metadata] === Parent[Symbol.metadata], Object.hasOwn(Between, Symbol.metadata), (class {})[Symbol.metadata], (() => {})[Symbol.metadata]);
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(Child, Symbol.metadata).enumerable), Object.getOwnPropertyDescriptor(Function.prototype, Symbol.metadata).writable);
let inside; const outer = (_, context) => { inside = context.metadata; };
@outer @(() => function Replaced() {}) class Original { static in = class { @told z; }; }
console.log(Original.name, Original[Symbol.metadata] === inside, "z" in inside);
class Wrong extends (class { static [Symbol.metadata] = 5; }) {}
try { class Worse extends Wrong { @told x; } } catch (e) { console.log(e.message); }
// expect: {"m":["method"],"a":["accessor"],"x":["field"],"#secret":["field"],"Parent":["class"]} null
// expect: {"y":["getter"],"x":["field","field"]} true field,field
// expect: true false null null
// expect: false false
// expect: Replaced true false
// expect: The metadata of the parent class must be an object or null, not 5
