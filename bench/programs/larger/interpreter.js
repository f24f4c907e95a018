// A small language: its lexer, a parser by precedence, closures as code, a program that runs in it.
const SOURCE = `
  fun fib(n) { if (n < 2) { return n; } return fib(n - 1) + fib(n - 2); }
  fun gcd(a, b) { while (b != 0) { let t = a % b; a = b; b = t; } return a; }
  let total = 0; let i = 0;
  while (i < 300) { total = total + gcd(i * 12, 360) + (i * (3 + 4) - 2) % 5; i = i + 1; }
  let text = ""; i = 0;
  while (i < 50) { text = text + "x"; i = i + 1; }
  return total + fib(13) + len(text);
`;

function lex(source) {
  const tokens = [], pattern = /\s*(?:([A-Za-z_]\w*)|(\d+)|"([^"]*)"|([=!<>]=|[-+*\/%=<>(){},;]))/y;
  for (;;) {
    const match = pattern.exec(source);
    if (!match) break;
    if (match[1] !== undefined) tokens.push({ kind: "name", text: match[1] });
    else if (match[2] !== undefined) tokens.push({ kind: "number", value: Number(match[2]) });
    else if (match[3] !== undefined) tokens.push({ kind: "string", value: match[3] });
    else tokens.push({ kind: match[4], text: match[4] });
  }
  tokens.push({ kind: "end" });
  return tokens;
}

const PRECEDENCE = { "==": 1, "!=": 1, "<": 2, ">": 2, "<=": 2, ">=": 2, "+": 3, "-": 3, "*": 4, "/": 4, "%": 4 };

class Parser {
  constructor(tokens) { this.tokens = tokens; this.at = 0; }
  peek() { return this.tokens[this.at]; }
  next() { return this.tokens[this.at++]; }
  accept(kind) { if (this.peek().kind !== kind) return false; this.at++; return true; }
  expect(kind) { const token = this.next(); if (token.kind !== kind) throw new SyntaxError(`${kind} expected`); return token; }
  word(text) { if (this.peek().kind !== "name" || this.peek().text !== text) return false; this.at++; return true; }

  block() {
    const body = [];
    this.expect("{");
    while (!this.accept("}")) body.push(this.statement());
    return body;
  }
  statement() {
    if (this.word("fun")) {
      const name = this.expect("name").text, parameters = [];
      this.expect("(");
      while (!this.accept(")")) { parameters.push(this.expect("name").text); this.accept(","); }
      return { type: "function", name, parameters, body: this.block() };
    }
    if (this.word("if")) return { type: "if", test: this.expression(0), body: this.block() };
    if (this.word("while")) return { type: "while", test: this.expression(0), body: this.block() };
    let node;
    if (this.word("return")) node = { type: "return", value: this.expression(0) };
    else if (this.word("let")) node = { type: "let", name: this.expect("name").text, value: (this.expect("="), this.expression(0)) };
    else if (this.tokens[this.at + 1].kind === "=") node = { type: "assign", name: this.next().text, value: (this.next(), this.expression(0)) };
    else node = { type: "expression", value: this.expression(0) };
    this.expect(";");
    return node;
  }
  expression(least) {
    let left = this.primary();
    for (;;) {
      const operator = this.peek().kind, precedence = PRECEDENCE[operator];
      if (!(precedence > least)) return left;
      this.next();
      left = { type: "binary", operator, left, right: this.expression(precedence) };
    }
  }
  primary() {
    const token = this.next();
    if (token.kind === "number" || token.kind === "string") return { type: "literal", value: token.value };
    if (token.kind === "(") { const inner = this.expression(0); this.expect(")"); return inner; }
    if (token.kind !== "name") throw new SyntaxError(`unexpected ${token.kind}`);
    if (!this.accept("(")) return { type: "name", name: token.text };
    const values = [];
    while (!this.accept(")")) { values.push(this.expression(0)); this.accept(","); }
    return { type: "call", name: token.text, values };
  }
}

class Scope {
  constructor(parent) { this.names = new Map(); this.parent = parent; }
  home(name) {
    let scope = this;
    while (!scope.names.has(name)) { scope = scope.parent; if (!scope) throw new ReferenceError(name); }
    return scope.names;
  }
}

const OPERATORS = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b,
  "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b,
  "==": (a, b) => a === b, "!=": (a, b) => a !== b,
};
const NOTHING = Symbol("nothing");

function evaluate(node, scope) {
  switch (node.type) {
    case "literal": return node.value;
    case "name": return scope.home(node.name).get(node.name);
    case "binary": return OPERATORS[node.operator](evaluate(node.left, scope), evaluate(node.right, scope));
    case "call": return scope.home(node.name).get(node.name)(...node.values.map((value) => evaluate(value, scope)));
    default: throw new Error(node.type);
  }
}

function execute(body, scope) {
  for (const node of body) {
    let result = NOTHING;
    switch (node.type) {
      case "let": scope.names.set(node.name, evaluate(node.value, scope)); break;
      case "assign": scope.home(node.name).set(node.name, evaluate(node.value, scope)); break;
      case "expression": evaluate(node.value, scope); break;
      case "return": return evaluate(node.value, scope);
      case "if": if (evaluate(node.test, scope)) result = execute(node.body, scope); break;
      case "while": while (result === NOTHING && evaluate(node.test, scope)) result = execute(node.body, scope); break;
      case "function": {
        const { parameters, body: inner } = node;
        scope.names.set(node.name, (...values) => {
          const local = new Scope(scope);
          parameters.forEach((name, i) => local.names.set(name, values[i]));
          return execute(inner, local);
        });
      }
    }
    if (result !== NOTHING) return result;
  }
  return NOTHING;
}

function run() {
  const tokens = lex(SOURCE), parser = new Parser(tokens), program = [];
  while (parser.peek().kind !== "end") program.push(parser.statement());
  const scope = new Scope(null);
  scope.names.set("len", (text) => text.length);
  return execute(program, scope) + "/" + tokens.length;
}
