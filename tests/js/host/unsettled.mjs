await new Promise(() => {});
// exit: 13
// expect-error: unsettled top-level await
