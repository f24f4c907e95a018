// What syntax errors say, and where: line and column of what is to blame.
const wrong = [
  "const a;", "let [a];", "let a; var a", "let let = 1", "x = = 3", "(1", "({a:1", "({a b})", "({ 'a' })", "({ 1 })", "({ if })", "({get a(x){}})", "({set a(){}})", "({a=1})",
  "f(a b)", "f(1,,2)", "if (1) let\nx", "if (1) class A {}", "else {}", "for (let x, y of [])", "for (const x;;);", "for (1 of []);", "break", "x: while (0) { continue y }", "x: x: ;",
  "return", "switch (1) { default: default: }", "try {}\n", "throw\n1", "function f(a b) {}", "function f(...a, b) {}", "function f(a) { let a }", "'use strict'; function f(a, a) {}", "(a, a) => 1", "(1) => 1", "a\n=> 1", "()", "async a",
  "function f() { await x }", "function f() { await 1 }", "() => g(await x)", "function f() { for await (x of y); }", "async function f(x = await 1) {}", "function* g(x = yield) {}", "'use strict'; yield 1",
  "'use strict'; with (a) {}", "'use strict'; 010", "'use strict'; 09", "'use strict'; 'a\\010'", "'use strict'; '\\\\\\8'", "'use strict'; delete x", "'use strict'; eval = 1", "'use strict'; var public",
  "1++", "1 = 2", "a?.b = 1", "[...a, b] = c", "let {...{a}} = b", "let [...a, b] = c", "let {1} = c", "let {'a'} = c", "let [a.b] = c", "new.target", "import()", "import.meta", "super.x", "super()",
  "class A { constructor() {} constructor() {} }", "class A { get constructor() {} }", "class A { #a; #a }", "class A { m() { this.#b } }", "class A { #a; m() { delete this.#a } }", "class A { static prototype() {} }", "class A { x = arguments }", "class A { static { await } }", "class A { x y }",
  "'abc", "'a\\x1'", "'\\u{110000}'", "`abc", "`${a", "`${a b}`", "`\\u`", "/abc", "/a/gg", "/(/", "/*", "1abc", "0b2", "1__0", "1_", "3in []", "@", "#", "a\\b", "a ?? b || c", "-1 ** 2", "a.1", "new a?.b()", "a?.`x`",
  "x\n  y z", "{ using x; }", "goto x", "var class", "enum X {}", "\u{1F600}", "/[b-a]/u", "import x from 'y'", "export default 1", "label: let\nx", "if (1) async function f() {}",
];
for (const text of wrong) {
  try { (0, eval)(text); console.log("did not throw", text); }
  catch (e) { console.log(JSON.stringify(text), e.name === "SyntaxError" ? e.message : String(e), e.stack.match(/:(\d+:\d+)\)?\n/)[1]); }
}
// expect: "const a;" Missing initializer in const declaration 1:7
// expect: "let [a];" Missing initializer in destructuring declaration 1:5
// expect: "let a; var a" Identifier 'a' has already been declared 1:12
// expect: "let let = 1" let is disallowed as a lexically bound name 1:5
// expect: "x = = 3" Unexpected token '=' 1:5
// expect: "(1" Unexpected end of input 1:3
// expect: "({a:1" Unexpected end of input 1:6
// expect: "({a b})" Unexpected identifier 'b' 1:5
// expect: "({ 'a' })" Unexpected string 1:4
// expect: "({ 1 })" Unexpected number 1:4
// expect: "({ if })" Unexpected token 'if' 1:4
// expect: "({get a(x){}})" Getter must not have any formal parameters. 1:3
// expect: "({set a(){}})" Setter must have exactly one formal parameter. 1:3
// expect: "({a=1})" Invalid shorthand property initializer 1:4
// expect: "f(a b)" missing ) after argument list 1:5
// expect: "f(1,,2)" Unexpected token ',' 1:5
// expect: "if (1) let\nx" ReferenceError: let is not defined 1:8
// expect: "if (1) class A {}" Unexpected token 'class' 1:8
// expect: "else {}" Unexpected token 'else' 1:1
// expect: "for (let x, y of [])" Invalid left-hand side in for-of loop: Must have a single binding. 1:6
// expect: "for (const x;;);" Missing initializer in const declaration 1:12
// expect: "for (1 of []);" Invalid left-hand side in for-loop 1:6
// expect: "break" Illegal break statement 1:1
// expect: "x: while (0) { continue y }" Undefined label 'y' 1:25
// expect: "x: x: ;" Label 'x' has already been declared 1:4
// expect: "return" Illegal return statement 1:1
// expect: "switch (1) { default: default: }" More than one default clause in switch statement 1:23
// expect: "try {}\n" Missing catch or finally after try 1:6
// expect: "throw\n1" Illegal newline after throw 1:1
// expect: "function f(a b) {}" missing ) after formal parameters 1:14
// expect: "function f(...a, b) {}" Rest parameter must be last formal parameter 1:16
// expect: "function f(a) { let a }" Identifier 'a' has already been declared 1:21
// expect: "'use strict'; function f(a, a) {}" Duplicate parameter name not allowed in this context 1:29
// expect: "(a, a) => 1" Duplicate parameter name not allowed in this context 1:5
// expect: "(1) => 1" Invalid destructuring assignment target 1:2
// expect: "a\n=> 1" Unexpected token '=>' 2:1
// expect: "()" Unexpected token ')' 1:2
// expect: "async a" Unexpected identifier 'a' 1:7
// expect: "function f() { await x }" await is only valid in async functions and the top level bodies of modules 1:16
// expect: "function f() { await 1 }" await is only valid in async functions and the top level bodies of modules 1:16
// expect: "() => g(await x)" await is only valid in async functions and the top level bodies of modules 1:9
// expect: "function f() { for await (x of y); }" for await is only valid in async functions and the top level bodies of modules 1:20
// expect: "async function f(x = await 1) {}" Illegal await-expression in formal parameters of async function 1:22
// expect: "function* g(x = yield) {}" Yield expression not allowed in formal parameter 1:17
// expect: "'use strict'; yield 1" Unexpected strict mode reserved word 1:15
// expect: "'use strict'; with (a) {}" Strict mode code may not include a with statement 1:15
// expect: "'use strict'; 010" Octal literals are not allowed in strict mode. 1:15
// expect: "'use strict'; 09" Decimals with leading zeros are not allowed in strict mode. 1:15
// expect: "'use strict'; 'a\\010'" Octal escape sequences are not allowed in strict mode. 1:17
// expect: "'use strict'; '\\\\\\8'" \8 and \9 are not allowed in strict mode. 1:18
// expect: "'use strict'; delete x" Delete of an unqualified identifier in strict mode. 1:22
// expect: "'use strict'; eval = 1" Unexpected eval or arguments in strict mode 1:15
// expect: "'use strict'; var public" Unexpected strict mode reserved word 1:19
// expect: "1++" Invalid left-hand side expression in postfix operation 1:1
// expect: "1 = 2" Invalid left-hand side in assignment 1:1
// expect: "a?.b = 1" Invalid left-hand side in assignment 1:1
// expect: "[...a, b] = c" Rest element must be last element 1:5
// expect: "let {...{a}} = b" `...` must be followed by an identifier in declaration contexts 1:9
// expect: "let [...a, b] = c" Rest element must be last element 1:10
// expect: "let {1} = c" Unexpected number 1:6
// expect: "let {'a'} = c" Unexpected string 1:6
// expect: "let [a.b] = c" Unexpected token '.' 1:7
// expect: "new.target" new.target expression is not allowed here 1:1
// expect: "import()" import() requires a specifier 1:8
// expect: "import.meta" Cannot use 'import.meta' outside a module 1:1
// expect: "super.x" 'super' keyword unexpected here 1:1
// expect: "super()" 'super' keyword unexpected here 1:1
// expect: "class A { constructor() {} constructor() {} }" A class may only have one constructor 1:28
// expect: "class A { get constructor() {} }" Class constructor may not be an accessor 1:15
// expect: "class A { #a; #a }" Identifier '#a' has already been declared 1:15
// expect: "class A { m() { this.#b } }" Private field '#b' must be declared in an enclosing class 1:22
// expect: "class A { #a; m() { delete this.#a } }" Private fields can not be deleted 1:28
// expect: "class A { static prototype() {} }" Classes may not have a static property named 'prototype' 1:18
// expect: "class A { x = arguments }" 'arguments' is not allowed in class field initializer or static initialization block 1:15
// expect: "class A { static { await } }" Unexpected reserved word 1:20
// expect: "class A { x y }" Unexpected identifier 'y' 1:13
// expect: "'abc" Unterminated string literal 1:1
// expect: "'a\\x1'" Invalid hexadecimal escape sequence 1:3
// expect: "'\\u{110000}'" Undefined Unicode code-point 1:2
// expect: "`abc" Unterminated template literal 1:1
// expect: "`${a" Unterminated template literal 1:5
// expect: "`${a b}`" Missing } in template expression 1:6
// expect: "`\\u`" Invalid Unicode escape sequence 1:2
// expect: "/abc" Invalid regular expression: missing / 1:1
// expect: "/a/gg" Invalid regular expression flags 1:1
// expect: "/(/" Invalid regular expression: /(/: Unterminated group 1:1
// expect: "/*" Unterminated multi-line comment 1:1
// expect: "1abc" Invalid or unexpected token 1:1
// expect: "0b2" Invalid or unexpected token 1:1
// expect: "1__0" Only one underscore is allowed as numeric separator 1:3
// expect: "1_" Numeric separators are not allowed at the end of numeric literals 1:2
// expect: "3in []" Invalid or unexpected token 1:1
// expect: "@" Unexpected end of input 1:2
// expect: "#" Invalid or unexpected token 1:1
// expect: "a\\b" Invalid Unicode escape sequence 1:2
// expect: "a ?? b || c" Unexpected token '||' 1:8
// expect: "-1 ** 2" Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence 1:4
// expect: "a.1" Unexpected number 1:2
// expect: "new a?.b()" Invalid optional chain from new expression 1:6
// expect: "a?.`x`" Invalid tagged template on optional chain 1:4
// expect: "x\n  y z" Unexpected identifier 'z' 2:5
// expect: "{ using x; }" Missing initializer in using declaration 1:9
// expect: "goto x" Unexpected identifier 'x' 1:6
// expect: "var class" Unexpected token 'class' 1:5
// expect: "enum X {}" Unexpected reserved word 1:1
// expect: "😀" Invalid or unexpected token 1:1
// expect: "/[b-a]/u" Invalid regular expression: /[b-a]/u: Range out of order in character class 1:1
// expect: "import x from 'y'" Cannot use import statement outside a module 1:1
// expect: "export default 1" Unexpected token 'export' 1:1
// expect: "label: let\nx" ReferenceError: let is not defined 1:8
// expect: "if (1) async function f() {}" Async functions can only be declared at the top level or inside a block. 1:8
