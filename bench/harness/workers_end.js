// Behind a program of bench/workers: `roles` are what its workers do; main() measures and gives {figure: number}.
if (benchThreads.isMain) {
  main(benchThreads).then(
    (figures) => { benchReport({ figures }); benchThreads.exit(0); },
    (error) => { benchReport({ error: `${error}\n${error.stack}` }); benchThreads.exit(1); });
} else {
  benchThreads.enter(roles);
}
