// Errors of several resources are chained; what was moved is disposed by its new owner.
const stack = new DisposableStack();
stack.defer(() => { throw new Error('first in'); });
stack.adopt('value', (v) => { console.log('adopted ' + v); });
stack.use({ [Symbol.dispose]() { throw new Error('last in'); } });
const moved = stack.move();
console.log(stack.disposed, moved.disposed); // expect: true false
try { stack.defer(() => {}); } catch (e) { console.log(String(e)); }
try { moved.dispose(); } catch (e) { console.log(e.constructor.name, e.error.message, '<', e.suppressed.message); }
// expect: ReferenceError: Cannot call DisposableStack.prototype.defer on an already-disposed DisposableStack
// expect: adopted value
// expect: SuppressedError first in < last in
const log = [];
const later = new AsyncDisposableStack();
later.defer(async () => { log.push('start 1'); await 0; log.push('end 1'); });
later.use({ [Symbol.dispose]() { log.push('sync 2'); } });
later.defer(async () => { log.push('start 3'); await 0; log.push('end 3'); });
later.disposeAsync().then(() => console.log(log.join(', '))); // expect: start 3, end 3, sync 2, start 1, end 1
