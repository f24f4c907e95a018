// Two workers that wake each other by turns, over one shared word.
const ROUNDS = 500, TRIALS = 20;
const roles = {
  serve: (port, words) => {
    const play = () => {
      const begin = benchNow();
      for (let round = 0; round < ROUNDS; round++) {
        Atomics.store(words, 0, 1);
        Atomics.notify(words, 0);
        while (Atomics.load(words, 0) !== 0) Atomics.wait(words, 0, 1);
      }
      return (benchNow() - begin) / ROUNDS;
    };
    play();
    best(TRIALS, play).then(port.post);
  },
  return: (port, words) => {
    for (let round = 0; round < ROUNDS * (TRIALS + 1); round++) {
      while (Atomics.load(words, 0) !== 1) Atomics.wait(words, 0, 0);
      Atomics.store(words, 0, 0);
      Atomics.notify(words, 0);
    }
  },
};

async function main(threads) {
  const words = new Int32Array(new SharedArrayBuffer(8));
  threads.start("return", words);
  return { wait_notify: 1000 * await messages(threads.start("serve", words))() };
}
