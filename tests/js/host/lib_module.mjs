export let counter = 0;
export function add(n) { counter += n; }
export default 10;
