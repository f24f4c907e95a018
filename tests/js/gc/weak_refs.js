// What a WeakRef refers to is kept until the end of the job, or of the task that runs no jobs, and no longer.
let ballast;
// So much that full collections come to their end.
const churn = () => { for (let round = 0; round < 4; round++) ballast = Array.from({ length: 60000 }, (_, i) => ({ i, list: [i] })); };
const make = () => new WeakRef({ text: "target" });
const dead = make(), alive = make(), kept = alive.deref();
churn();
console.log(dead.deref()?.text); // expect: target
setTimeout(() => {
  churn();
  console.log(alive.deref() === kept); // expect: true
  setTimeout(() => {
    churn();
    console.log(dead.deref(), alive.deref() === kept); // expect: undefined true
  }, 0);
}, 0);
