// Public and private fields, private methods, static members.
class Account {
  static opened = 0;
  static #secret = 7;
  #balance = 0;
  #history = null;
  limit = 100;
  active = true;
  constructor(start) { this.#balance = start; Account.opened++; }
  #check(amount) { return this.#balance + amount <= this.limit; }
  deposit(amount) {
    if (this.#check(amount)) this.#balance += amount;
    else this.#balance = amount % Account.#secret;
    return this;
  }
  has() { return #history in this && this.active; }
  get balance() { return this.#balance; }
}

function run() {
  let sum = 0;
  for (let i = 0; i < 8000; i++) {
    const account = new Account(i & 63);
    for (let j = 0; j < 5; j++) account.deposit(j * 3);
    if (account.has()) sum += account.balance;
    sum %= 1000003;
  }
  return sum;
}
