// One-way constraints with strengths: the strongest that can be met are kept met by local propagation.
const REQUIRED = 0, STRONG = 1, MEDIUM = 2, WEAK = 3, WEAKEST = 4;

class Variable {
  constructor(value) {
    this.value = value;
    this.constraints = [];
    this.decidedBy = null;
    this.strength = WEAKEST;
    this.mark = 0;
    this.constant = true;
  }
}

class Constraint {
  constructor(strength) { this.strength = strength; }
  add(planner) {
    for (const variable of this.variables()) variable.constraints.push(this);
    planner.incrementalAdd(this);
  }
  satisfy(mark, planner) {
    this.chooseMethod(mark);
    if (!this.isSatisfied()) {
      if (this.strength === REQUIRED) throw new Error("a required constraint cannot be met");
      return null;
    }
    for (const input of this.inputs()) input.mark = mark;
    const out = this.output(), overridden = out.decidedBy;
    if (overridden) overridden.unsatisfy();
    out.decidedBy = this;
    planner.propagateFrom(this, mark);
    out.mark = mark;
    return overridden;
  }
  recalculate() {
    const out = this.output();
    let weakest = this.strength, constant = !this.isInput;
    for (const input of this.inputs()) {
      weakest = Math.max(weakest, input.strength);
      constant = constant && input.constant;
    }
    out.strength = weakest;
    out.constant = constant;
    if (constant) this.execute();
  }
  inputsKnown(mark) {
    return this.inputs().every((v) => v.mark === mark || v.constant || v.decidedBy === null);
  }
  get isInput() { return false; }
}

class Stay extends Constraint {
  constructor(variable, strength) { super(strength); this.variable = variable; this.satisfied = false; }
  variables() { return [this.variable]; }
  inputs() { return []; }
  output() { return this.variable; }
  isSatisfied() { return this.satisfied; }
  unsatisfy() { this.satisfied = false; }
  chooseMethod(mark) { this.satisfied = this.variable.mark !== mark && this.strength < this.variable.strength; }
  execute() {}
}

class Edit extends Stay {
  get isInput() { return true; }
}

class Binary extends Constraint {
  constructor(a, b, strength) { super(strength); this.a = a; this.b = b; this.direction = 0; }
  variables() { return [this.a, this.b]; }
  isSatisfied() { return this.direction !== 0; }
  unsatisfy() { this.direction = 0; }
  input() { return this.direction > 0 ? this.a : this.b; }
  inputs() { return [this.input()]; }
  output() { return this.direction > 0 ? this.b : this.a; }
  chooseMethod(mark) {
    const { a, b, strength } = this;
    if (a.mark === mark) this.direction = b.mark !== mark && strength < b.strength ? 1 : 0;
    else if (b.mark === mark) this.direction = strength < a.strength ? -1 : 0;
    else if (a.strength > b.strength) this.direction = strength < a.strength ? -1 : 0;
    else this.direction = strength < b.strength ? 1 : 0;
  }
}

class Equal extends Binary {
  execute() { this.output().value = this.input().value; }
}

class Scale extends Binary {
  constructor(a, scale, offset, b, strength) { super(a, b, strength); this.scale = scale; this.offset = offset; }
  variables() { return [this.a, this.b, this.scale, this.offset]; }
  inputs() { return [this.input(), this.scale, this.offset]; }
  execute() {
    if (this.direction > 0) this.b.value = this.a.value * this.scale.value + this.offset.value;
    else this.a.value = (this.b.value - this.offset.value) / this.scale.value;
  }
}

class Planner {
  constructor() { this.mark = 0; }
  incrementalAdd(constraint) {
    const mark = ++this.mark;
    for (let overridden = constraint.satisfy(mark, this); overridden; overridden = overridden.satisfy(mark, this));
  }
  propagateFrom(constraint, mark) {
    const todo = [constraint];
    while (todo.length) {
      const next = todo.pop();
      if (next !== constraint && next.output().mark === mark) throw new Error("a cycle of constraints");
      next.recalculate();
      this.consumers(next.output(), todo);
    }
  }
  consumers(variable, into) {
    for (const constraint of variable.constraints) {
      if (constraint !== variable.decidedBy && constraint.isSatisfied()) into.push(constraint);
    }
  }
  plan(sources) {
    const mark = ++this.mark, plan = [], todo = sources.filter((c) => c.isInput && c.isSatisfied());
    while (todo.length) {
      const constraint = todo.pop(), out = constraint.output();
      if (out.mark !== mark && constraint.inputsKnown(mark)) {
        plan.push(constraint);
        out.mark = mark;
        this.consumers(out, todo);
      }
    }
    return plan;
  }
  remove(constraint) {
    const out = constraint.isSatisfied() ? constraint.output() : null;
    constraint.unsatisfy();
    for (const variable of constraint.variables()) variable.constraints = variable.constraints.filter((c) => c !== constraint);
    if (!out) return;
    out.decidedBy = null;
    out.strength = WEAKEST;
    out.constant = true;
    const unmet = [], todo = [out];
    while (todo.length) {
      const variable = todo.pop();
      for (const c of variable.constraints) {
        if (!c.isSatisfied()) unmet.push(c);
        else if (c !== variable.decidedBy) { c.recalculate(); todo.push(c.output()); }
      }
    }
    unmet.sort((x, y) => x.strength - y.strength).forEach((c) => this.incrementalAdd(c));
  }
}

function change(planner, variable, value) {
  const edit = new Edit(variable, STRONG);
  edit.add(planner);
  const plan = planner.plan([edit]);
  for (let i = 0; i < 5; i++) {
    variable.value = value + i;
    for (const constraint of plan) constraint.execute();
  }
  planner.remove(edit);
}

function run() {
  const planner = new Planner(), chain = Array.from({ length: 60 }, () => new Variable(0));
  for (let i = 1; i < chain.length; i++) new Equal(chain[i - 1], chain[i], REQUIRED).add(planner);
  new Stay(chain[chain.length - 1], MEDIUM).add(planner);
  let sum = 0;
  for (let i = 0; i < 12; i++) {
    change(planner, chain[0], i * 10);
    sum += chain[59].value;
  }
  const scale = new Variable(10), offset = new Variable(1000), from = [], to = [];
  for (let i = 0; i < 60; i++) {
    from.push(new Variable(i));
    to.push(new Variable(i));
    new Stay(from[i], WEAK).add(planner);
    new Scale(from[i], scale, offset, to[i], REQUIRED).add(planner);
  }
  change(planner, from[7], 17);
  change(planner, to[9], 2050);
  change(planner, scale, 5);
  change(planner, offset, 2000);
  return sum + to.reduce((total, v) => total + v.value, 0) + from[9].value;
}
