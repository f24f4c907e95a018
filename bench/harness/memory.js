// Calls run() as often as was asked for and reports the most memory that the process has had.
(async () => {
  let result;
  for (let i = 0; i < benchOptions.calls; i++) result = await run();
  benchReport({ result: String(result), peak: benchPeak() });
})().catch((error) => benchReport({ error: String(error) }));
