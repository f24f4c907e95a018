// What node:worker_threads exports is made when an import asks for it: by name, as a namespace, or again from elsewhere.
import { isMainThread, parentPort } from "node:worker_threads";
import { Worker as again } from "./module_exports_fixture.mjs";
import * as all from "node:worker_threads";
import whole, { Worker, BroadcastChannel as Channel } from "worker_threads";

console.log(isMainThread, parentPort);                                          // expect: true null
console.log(Worker === whole.Worker, again === Worker, all.Worker === Worker);  // expect: true true true
console.log(Channel === all.BroadcastChannel, Object.keys(all).every((name) => all[name] !== undefined)); // expect: true true
const later = await import("worker_threads");
console.log(later.locks === all.locks, later.default === whole);                // expect: true true
console.log(Object.getOwnPropertyDescriptor(all, "postMessageToThread").value === whole.postMessageToThread); // expect: true
