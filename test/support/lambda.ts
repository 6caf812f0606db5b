import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { filesOf, unpack } from "../../evaluate/artifact";
import type { Registration } from "../../evaluate/registration";
import { startWireServer, type Answer, type Call, type LoopbackServer } from "../../simulator/wire";
import { ids, secret } from "./payloads";
import { only } from "./deployment";

/** The answers of a fake AWS, by action; an action without an answer is an error of the test. */
export type Answers = Readonly<Record<string, (call: Call, count: number) => Answer | Promise<Answer>>>;

/** How a run of the function ended. */
export interface Invoked {
  readonly code: number | null;
  /** Everything that it printed. */
  readonly output: string;
}

/** The function as it would be uploaded, in a folder of its own, with a fake AWS. */
export class Artifact {
  readonly folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  calls: Call[] = [];
  private server: LoopbackServer | undefined;
  private answers: Answers = {};

  /** Unpacks the code of the one function among some resources. */
  static async of(registrations: readonly Registration[]): Promise<Artifact> {
    return Artifact.unpacked(filesOf(only(registrations, "aws:lambda/function:Function").inputs["code"]));
  }

  /** Unpacks the files of a function. */
  static async unpacked(files: ReadonlyMap<string, Buffer>): Promise<Artifact> {
    const artifact = new Artifact();
    unpack(files, artifact.folder);
    artifact.server = await startWireServer((call) => artifact.respond(call));
    return artifact;
  }

  /** Invokes the function with some events, one after the other, in a clean process. */
  async invoke(
    events: readonly unknown[],
    answers: Answers = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Invoked> {
    this.answers = answers;
    const child = spawn(process.execPath, ["--eval", runtime, JSON.stringify(events)], {
      cwd: this.folder,
      env: {
        AWS_LAMBDA_FUNCTION_NAME: ids.handler,
        GRACEFUL_ASG_SEAL: secret,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL: this.server?.url ?? "",
        ...environment,
      },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, output };
  }

  /** The calls since the last `takeCalls`. */
  takeCalls(): Call[] {
    const { calls } = this;
    this.calls = [];
    return calls;
  }

  async remove(): Promise<void> {
    await this.server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private respond(call: Call): Answer | Promise<Answer> {
    this.calls.push(call);
    const answer = this.answers[call.action];
    if (answer === undefined)
      return { error: { code: "NotExpected", message: `${call.action} was not expected` } };
    return answer(call, this.calls.filter(({ action }) => action === call.action).length);
  }
}

/** Calls the handler as Lambda's runtime does, in one process for all events. */
const runtime = `
const { handler } = require("./__index.js");
(async () => {
  for (const event of JSON.parse(process.argv[1])) {
    const end = Date.now() + 60_000;
    await handler(event, { getRemainingTimeInMillis: () => end - Date.now() });
  }
})();
`;
