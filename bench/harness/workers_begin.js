// In front of a program of bench/workers: what it measures with. The machine may be busy, so a figure is the best of
// many short trials.
const benchNow = () => performance.now();
const benchKilobytes = () => Number(benchThreads.readText("/proc/self/statm").split(" ")[1]) * 4;
const benchAvailable = () => Number(/MemAvailable: +(\d+)/.exec(benchThreads.readText("/proc/meminfo"))[1]);

const best = async (trials, measure) => {
  let least = Infinity;
  for (let i = 0; i < trials; i++) least = Math.min(least, await measure());
  return least;
};
