/** Required by a child process: writes the process's processor time, seconds, to its channel 3 at its end. */
import { writeSync } from "node:fs";
import { processorTime } from "./processorTime";

process.on("exit", () => {
  writeSync(3, String(processorTime() / 1e3));
});
