// A web worker survives what its handlers throw.
onmessage = ({ data }) => {
  if (data === "boom")
    throw new TypeError("web boom");
  postMessage("web goes on");
};
