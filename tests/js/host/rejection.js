Promise.reject(new RangeError("nobody listens"));
// exit: 1
// expect-error: RangeError: nobody listens
