// What a worker is given at its start, and what it gives its own.
(function (native, use) {
"use strict";
// What setEnvironmentData was told: every worker starts with a clone of it.
let environmentData;
function sharedData() {
  return environmentData ??= initial()?.environmentData ?? new Map();
}
let initialData;
function initial() {
  if (initialData === undefined) initialData = native.isWorker ? native.takeInitial() ?? {} : {};
  return initialData;
}
return { initial, sharedData };
});
