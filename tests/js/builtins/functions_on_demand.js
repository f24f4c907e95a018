// Builtin functions are made when first looked at; nobody can tell.
const values = Array.prototype[Symbol.iterator];
console.log(values === Array.prototype.values, values.name); // expect: true values

// Several names of one function stay one function, whichever of them changes first.
String.prototype.trimStart = 1;
console.log(String.prototype.trimLeft.name, String.prototype.trimStart); // expect: trimStart 1
delete Date.prototype.toGMTString;
console.log("toGMTString" in Date.prototype, Date.prototype.toUTCString.name); // expect: false toUTCString
const { keys } = Set.prototype;
console.log(keys === Set.prototype.values, keys === Set.prototype[Symbol.iterator]); // expect: true true

// Order, attributes, identity.
console.log(Object.getOwnPropertyNames(Reflect).slice(0, 4).join()); // expect: apply,construct,defineProperty,deleteProperty
const descriptor = Object.getOwnPropertyDescriptor(Map.prototype, "size");
console.log(descriptor.get.name, descriptor.set, descriptor.enumerable, descriptor.configurable); // expect: get size undefined false true
console.log(Math.max === Math.max, Object.getOwnPropertyDescriptors(Math).max.value === Math.max); // expect: true true

// Replacing, freezing, reconfiguring what nobody has looked at.
Math.sin = () => 5;
console.log(Math.sin(0)); // expect: 5
Object.freeze(Math);
Math.cos = 7;
console.log(Math.cos(0), Object.isFrozen(Math)); // expect: 1 true
Object.defineProperty(JSON, "parse", { enumerable: true });
console.log(Object.keys(JSON).join(), JSON.parse("[1]").length); // expect: parse 1

// Functions of another realm are of that realm.
const other = new ShadowRealm();
console.log(other.evaluate("Object.getPrototypeOf(Array.prototype.at) === Function.prototype")); // expect: true

// What is found beyond a constructor is cached, and noticed when it changes.
const look = (object) => object.beyond;
for (let i = 0; i < 5; i++) look(Map);
Function.prototype.beyond = 1;
console.log(look(Map)); // expect: 1
Map.beyond = 2;
console.log(look(Map)); // expect: 2
delete Function.prototype.beyond;
