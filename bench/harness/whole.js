// Behind a script that was measured as a whole.
benchReport({ result: "", ms: benchElapsed(), calls: 1, clock: benchClock.unit });
