const adders = [];
for (let i = 0; i < 3; i++) adders.push(x => x + i);
console.log(adders.map(f => f(10)));        // expect: [ 10, 11, 12 ]
function counter() { let n = 0; return { up: () => ++n, get value() { return n; } }; }
const c = counter(); c.up(); c.up();
console.log(c.value, c);                     // expect: 2 { up: [Function: up], value: [Getter] }
