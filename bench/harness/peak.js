// The most memory that this process has had, in KB, read from inside: a parent sees its own share in a child's, too.
const benchPeak = () => {
  const path = "/proc/self/status";
  const status = typeof std === "object" ? std.loadFile(path) : require("fs").readFileSync(path, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]);
};
