console.log(JSON.stringify(JSON.parse('[1.0,{"a":2e0},"x",12345678901234567890]', (k, v, { source }) => source ?? v)));
// expect: ["1.0",{"a":"2e0"},"\"x\"","12345678901234567890"]
// What the reviver changes has no source any more.
const seen = [];
JSON.parse('{"a":1,"b":2,"c":[3]}', function (k, v, context) {
  if (k === "a") { this.b = 5; this.c = 7; }
  seen.push(k + ":" + context.source);
  return v;
});
console.log(seen.join(" "));
// expect: a:1 b:undefined c:undefined :undefined
// Of equal keys the last one counts.
console.log(JSON.parse('{"k":1,"k":2.0}', (k, v, { source }) => source ?? v).k, Object.keys(JSON.parse('{"__proto__":1,"b":2,"1":3}')).join());
// expect: 2.0 1,__proto__,b
