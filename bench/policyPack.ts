import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { inTurn } from "./statistics";

/** Seconds within which the pack has to answer. */
const most = 3;

const root = path.resolve(__dirname, "..");

/** Shows how long Pulumi waits for the policy pack: from its start to the port on which it listens. */
export async function benchPolicyPack(): Promise<boolean> {
  const { pack } = await inTurn(5, { pack: start });
  console.log(`  the policy pack listens after ${pack.toFixed(1)} s, at most ${most} s`);
  return pack < most;
}

/** Starts the pack as the language host does; there is no engine at the engine's address. */
async function start(): Promise<number> {
  const folder = path.join(root, "policy");
  const began = Date.now();
  const child = spawn(
    process.execPath,
    [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", folder],
    { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  const seconds = (Date.now() - began) / 1000;
  child.kill();
  return seconds;
}
