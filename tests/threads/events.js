// expect: a b
// expect: once 1
// expect: true false
// expect: detail 5
const target = new EventTarget();
let order = "";
target.addEventListener("x", () => order += "a ");
target.addEventListener("x", { handleEvent() { order += "b"; } });
target.dispatchEvent(new Event("x"));
console.log(order);
let times = 0;
target.addEventListener("y", () => times++, { once: true });
target.dispatchEvent(new Event("y"));
target.dispatchEvent(new Event("y"));
console.log("once", times);
target.addEventListener("z", (event) => event.preventDefault());
console.log(target.dispatchEvent(new Event("z")), target.dispatchEvent(new Event("z", { cancelable: true })));
class Custom extends EventTarget {}
const custom = new Custom();
custom.addEventListener("c", (event) => console.log("detail", event.detail));
custom.dispatchEvent(new CustomEvent("c", { detail: 5 }));
