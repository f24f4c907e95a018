let a = 1;
let b = (a + ;
// exit: 1
// expect-error: syntax_error.js:2:14
// expect-error: SyntaxError: Unexpected token ';'
