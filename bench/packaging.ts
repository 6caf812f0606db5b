import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import { LifecycleHandler } from "../components";
import { createHandler } from "../handler/lambda";
import { filesOf, unpack } from "../evaluate/artifact";
import { record } from "../evaluate/record";
import { inTurn } from "./statistics";

/** Largest share that our packaging may take of the time of Pulumi's default packaging. */
const limit = 0.6;

/** Compares how long a Lambda environment needs to load the handler, packaged by us and by Pulumi's default. */
export async function benchPackaging(): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-bench-"));
  try {
    const [ours, theirs] = [path.join(folder, "ours"), path.join(folder, "default")];
    unpack(filesOf(await codeOf(() => new LifecycleHandler("handler"))), ours);
    unpack(filesOf(await codeOf(defaultPackaging)), theirs);
    const figures = await inTurn(21, { ours: () => requireTime(ours), default: () => requireTime(theirs) });
    const ratio = figures.ours / figures.default;
    console.log(`  default packaging  ${sizeOf(theirs)}, required in ${figures.default.toFixed(1)} ms`);
    console.log(`  ours               ${sizeOf(ours)}, required in ${figures.ours.toFixed(1)} ms`);
    console.log(`  ratio              ${ratio.toFixed(2)}, at most ${limit} is allowed`);
    return ratio <= limit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same handler as Pulumi would package it: a callback with everything that it captures, and its packages. */
function defaultPackaging(): void {
  new aws.lambda.CallbackFunction("handler", {
    callback: (event: unknown, context: { getRemainingTimeInMillis(): number }) =>
      createHandler()(event, context),
    role: "arn:aws:iam::123456789012:role/handler",
    codePathOptions: {
      extraIncludePackages: [
        "@aws-sdk/client-auto-scaling",
        "@aws-sdk/client-ec2",
        "@aws-sdk/client-eventbridge",
        "@aws-sdk/client-ssm",
        "p-limit",
      ],
    },
  });
}

async function codeOf(make: () => unknown): Promise<unknown> {
  const account = { id: "123456789012", region: "us-east-1", partition: "aws" };
  const { registrations } = await record({ project: "bench", stack: "bench", config: {}, account }, make);
  return registrations.find(({ type }) => type === "aws:lambda/function:Function")?.inputs["code"];
}

/** Milliseconds to require the entry point in a fresh process. */
function requireTime(folder: string): number {
  const script =
    "const t = process.hrtime.bigint(); require('./__index.js'); console.log(Number(process.hrtime.bigint() - t) / 1e6)";
  const env = { AWS_REGION: "us-east-1", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  return Number(execFileSync(process.execPath, ["--eval", script], { cwd: folder, env }).toString());
}

function sizeOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(path.join(folder, name)))
    .filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return `${files.length} files, ${Math.round(bytes / 1000)} kB`;
}
