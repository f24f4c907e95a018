// Date: receivers, invalid dates, the ends of time, Annex B.
function fails(...tries) {
  for (const f of tries) {
    try { f(); console.log("did not throw:", String(f)); } catch (e) { console.log(`${e.name}: ${e.message}`); }
  }
}
fails(
  () => new Date(NaN).toISOString(),
  () => new Date(8.64e15 + 1).toISOString(),
  () => Date.prototype.getTime.call({}),
  () => Date.prototype.setUTCHours.call("x", 1),
  () => Date.prototype.toISOString.call([]),
  () => Date.prototype.setYear.call({}, 1),
  () => Date.prototype[Symbol.toPrimitive].call(1, "number"),
  () => new Date()[Symbol.toPrimitive]("numbers"),
  () => Date.prototype.toJSON.call({ toISOString: 1 }),
  () => new Date(1n),
  () => new Date(Symbol("s")),
  () => Date.UTC(2000, Symbol("s")),
);
console.log(String(new Date(NaN)), new Date(NaN).toJSON(), new Date("2020-13-01").getTime(), Date.parse("2020-02-30T00:00:00Z"));
console.log(new Date(8.64e15).toISOString(), new Date(-8.64e15).toISOString(), new Date(Date.UTC(-1, 0)).toISOString());
console.log(Date.UTC(99, 0), Date.UTC(100, 0), Date.UTC(0, 0), Object.is(new Date(-0).getTime(), 0), new Date(5.9).getTime(), new Date(-5.9).getTime());
// Annex B.
const date = new Date(Date.UTC(1999, 5, 15, 12));
console.log(date.getYear(), date.setYear(70) === date.getTime(), date.getFullYear(), date.setYear(NaN), date.setYear(2001) !== date.getTime());
console.log(Date.prototype.toGMTString === Date.prototype.toUTCString, new Date(0).toUTCString());
// An object that changes its mind while the fields are converted.
const later = new Date(0);
later.setUTCMinutes({ valueOf() { later.setTime(86400000); return 5; } });
console.log(later.toISOString());
console.log(structuredClone(new Date(5)).getTime(), structuredClone(new Date(NaN)).getTime(), structuredClone(new (class D extends Date {})(1)).constructor === Date);
console.log(`${new Date(NaN)}`, new Date(NaN) + 1, new Date(5) - 1, JSON.stringify({ at: new Date(0) }), typeof Date());
// expect: RangeError: Invalid time value
// expect: RangeError: Invalid time value
// expect: TypeError: Date.prototype.getTime: #<Object> is not a Date object
// expect: TypeError: Date.prototype.setUTCHours: "x" is not a Date object
// expect: TypeError: Date.prototype.toISOString: [object Array] is not a Date object
// expect: TypeError: Date.prototype.setYear: #<Object> is not a Date object
// expect: TypeError: Method Date.prototype [ @@toPrimitive ] called on incompatible receiver 1
// expect: TypeError: Invalid hint: "numbers"
// expect: TypeError: '1' returned for property 'toISOString' of object '#<Object>' is not a function
// expect: TypeError: Cannot convert a BigInt value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: TypeError: Cannot convert a Symbol value to a number
// expect: Invalid Date null NaN 1583020800000
// expect: +275760-09-13T00:00:00.000Z -271821-04-20T00:00:00.000Z -000001-01-01T00:00:00.000Z
// expect: 915148800000 -59011459200000 -2208988800000 true 5 -5
// expect: 99 true 1970 NaN false
// expect: true Thu, 01 Jan 1970 00:00:00 GMT
// expect: 1970-01-01T00:05:00.000Z
// expect: 5 NaN true
// expect: Invalid Date Invalid Date1 4 {"at":"1970-01-01T00:00:00.000Z"} string
