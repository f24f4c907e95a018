exports.name = "lib";
exports.square = x => x * x;
