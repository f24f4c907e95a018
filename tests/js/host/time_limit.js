try { for (;;) {} } finally { for (;;) {} }
// flags: --time-limit 0.2
// exit: 71
// expect-error: the time limit is exceeded
