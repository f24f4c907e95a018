// What is decoded before an error stays written.
const target = new Uint8Array(8);
try { target.setFromBase64('AQIDBAUG*'); } catch (e) { console.log(e.name, e.message); }
console.log(target.join());
try { target.setFromHex('0a0bzz'); } catch (e) { console.log(e.name, e.message); }
console.log(target.join());
// expect: SyntaxError Found a character that cannot be part of a valid base64 string.
// expect: 1,2,3,4,5,6,0,0
// expect: SyntaxError Found a character that is not a hex digit.
// expect: 10,11,3,4,5,6,0,0
try { Uint8Array.fromBase64('AA==', { alphabet: 'base65' }); } catch (e) { console.log(e.message); }
// expect: Invalid value "base65" for option 'alphabet'
const shared = new Uint8Array(new SharedArrayBuffer(3));
console.log(shared.setFromBase64('____', { alphabet: 'base64url' }).written, shared.toHex(), shared.toBase64()); // expect: 3 ffffff ////
const many = new Uint8Array(100000).map((_, i) => i * 7);
console.log(Uint8Array.fromBase64(many.toBase64()).toHex() === many.toHex()); // expect: true
