for (const text of ["", "{a", '{"a":x}', "[1,]", '"abc', '{"a":1', "[1 2]", "1 2", '{"a" 1}', '{"a":1,}', "-", "01", "1.", "1e", "trux",
                    "undefined", '"\n"', '"\\x"', '"\\u12"', '{\n  "a": 1,\n  b\n}', '{"abcdefgh":1,"bbbbbbb":x,"ccccccccccccccccccc":2}']) {
  try { JSON.parse(text); } catch (e) { console.log(e.message); }
}
// expect: Unexpected end of JSON input
// expect: Expected property name or '}' in JSON at position 1 (line 1 column 2)
// expect: Unexpected token 'x', "{"a":x}" is not valid JSON
// expect: Unexpected token ']', "[1,]" is not valid JSON
// expect: Unterminated string in JSON at position 4 (line 1 column 5)
// expect: Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)
// expect: Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)
// expect: Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)
// expect: Expected ':' after property name in JSON at position 5 (line 1 column 6)
// expect: Expected double-quoted property name in JSON at position 7 (line 1 column 8)
// expect: No number after minus sign in JSON at position 1 (line 1 column 2)
// expect: Unexpected number in JSON at position 1 (line 1 column 2)
// expect: Unterminated fractional number in JSON at position 2 (line 1 column 3)
// expect: Exponent part is missing a number in JSON at position 2 (line 1 column 3)
// expect: Unexpected token 'x', "trux" is not valid JSON
// expect: "undefined" is not valid JSON
// expect: Bad control character in string literal in JSON at position 1 (line 1 column 2)
// expect: Bad escaped character in JSON at position 2 (line 1 column 3)
// expect: Bad Unicode escape in JSON at position 5 (line 1 column 6)
// expect: Expected double-quoted property name in JSON at position 14 (line 3 column 3)
// expect: Unexpected token 'x', ...""bbbbbbb":x,"ccccccc"... is not valid JSON

const o = { a: { b: { c: [] } } };
o.a.b.c.push(o);
try { JSON.stringify(o); } catch (e) { console.log(e.message); }
// expect: Converting circular structure to JSON
// expect:     --> starting at object with constructor 'Object'
// expect:     |     property 'a' -> object with constructor 'Object'
// expect:     |     ...
// expect:     |     property 'c' -> object with constructor 'Array'
// expect:     --- index 0 closes the circle
try { JSON.stringify(1n); } catch (e) { console.log(e.message); }
// expect: Do not know how to serialize a BigInt
let deep = JSON.parse("[".repeat(200000) + "]".repeat(200000));
try { JSON.stringify(deep); } catch (e) { console.log(e instanceof RangeError); }
// expect: true
