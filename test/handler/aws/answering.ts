import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { SSMClient } from "@aws-sdk/client-ssm";
import { createAutoScaling } from "../../../handler/aws/autoScaling";
import type { MakeCall } from "../../../handler/aws/calls";
import { createRunCommand } from "../../../handler/aws/runCommand";
import { startWireServer, type Call, type LoopbackServer } from "../../../simulator/wire";

/** AWS's answer to a call. */
export type Answer = (call: Call) => Readonly<Record<string, unknown>>;

/** An AWS on the wire for the tests of a suite, and the calls of the test that runs. */
export function answering(answer: Answer) {
  let server: LoopbackServer;
  const calls: Call[] = [];
  before(async () => {
    server = await startWireServer((call) => {
      calls.push(call);
      return { output: answer(call) };
    });
  });
  beforeEach(() => {
    calls.length = 0;
  });
  after(() => server.close());

  const settings = () => ({
    region: "us-east-1",
    endpoint: server.url,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const make: MakeCall = (_, send) => send();
  return {
    calls,
    runCommand: () => createRunCommand(new SSMClient(settings()), make),
    autoScaling: () => createAutoScaling(new AutoScalingClient(settings()), make),
  };
}
