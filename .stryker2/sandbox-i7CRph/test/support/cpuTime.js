"use strict";
var import_node_fs = require("node:fs");
process.on("exit", () => {
  const { system, user } = process.cpuUsage();
  (0, import_node_fs.writeSync)(3, String((system + user) / 1e6));
});
