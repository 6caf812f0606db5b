import { spawn } from "node:child_process";
import * as path from "node:path";
import { operatorKey, serveProcesses } from "../../../simulator";
import { root } from "../deployment";
import type { TestBed } from "../testBed";

/** What a process has written, and how it has ended. */
export interface Ended {
  /** Null where a signal has ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The command line as it is built and installed. */
const commandLine = path.join(root, "dist/cli/main.js");

/** Virtual seconds in a real second: a command looks every 5 real seconds, so that it still sees what happens. */
const speed = 4;

/**
 * Runs the built command line in a process of its own, in the folder of the repository's program, at the simulator.
 * @param interrupt presses Ctrl-C as soon as the output has this text
 */
export function runBuilt(bed: TestBed, args: readonly string[], interrupt?: string): Promise<Ended> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: bed.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: operatorKey,
    AWS_SECRET_ACCESS_KEY: "simulator",
    NO_COLOR: "1",
  };
  const run = () =>
    new Promise<Ended>((resolve, reject) => {
      const child = spawn(process.execPath, [commandLine, ...args], {
        cwd: root,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const state = { output: "", errors: "", isInterrupted: false };
      child.stdout.on("data", (chunk: Buffer) => {
        state.output += chunk.toString();
        if (interrupt === undefined || state.isInterrupted || !state.output.includes(interrupt)) return;
        state.isInterrupted = true;
        child.kill("SIGINT");
      });
      child.stderr.on("data", (chunk: Buffer) => (state.errors += chunk.toString()));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code, output: state.output, errors: state.errors });
      });
    });
  return serveProcesses(bed.simulator, run, speed);
}
