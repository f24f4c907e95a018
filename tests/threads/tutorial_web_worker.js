self.onmessage = (event) => {
const sum = event.data.numbers.reduce((a, b) => a + b, 0);
self.postMessage({ sum });
};
