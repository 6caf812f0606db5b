import assert from "node:assert/strict";
import { createHandler, type HandlerOptions } from "../../handler/lambda";
import { createSeal } from "../../handler/seal";
import { startWireServer, type Answer, type Call, type WireServer } from "../../rehearsal/wire";
import {
  commandEvent,
  commandParameters,
  hookBody,
  ids,
  snsEvent,
  sweepEvent,
  testNotification,
} from "../support/payloads";

const environment = {
  AWS_LAMBDA_FUNCTION_NAME: ids.handler,
  GRACEFUL_ASG_SEAL: "a secret",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
};
const throttled: Answer = { error: { code: "ThrottlingException", message: "Rate exceeded" } };
const sent: Answer = { output: { Command: { CommandId: ids.command } } };

describe("the function", () => {
  let server: WireServer;
  let answer: (call: Call) => Answer;
  let calls: { readonly action: string; readonly at: number; readonly input: Call["input"] }[];
  let lines: string[];
  const usual = { ...process.env };
  const { error, info, warn } = console;
  before(async () => {
    server = await startWireServer((call) => {
      calls.push({ action: call.action, at: Date.now(), input: call.input });
      return answer(call);
    });
  });
  beforeEach(() => {
    calls = [];
    lines = [];
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: server.url });
    for (const level of ["info", "warn", "error"] as const)
      // Node.js and the SDK say things of their own there, in plain text.
      console[level] = (entry: { message?: string }) => {
        if (entry.message !== undefined) lines.push(`${level} ${entry.message}`);
      };
  });
  afterEach(() => {
    for (const name of [...Object.keys(environment), "AWS_ENDPOINT_URL"]) {
      if (usual[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = usual[name];
    }
    Object.assign(console, { error, info, warn });
  });
  after(() => server.close());

  const hookEvent = () => snsEvent(hookBody({ time: new Date().toISOString() }));
  const invoke = (
    events: readonly unknown[],
    options: HandlerOptions = {},
    remaining = 60_000,
    handler = createHandler(options),
  ) =>
    events.reduce<Promise<void>>(
      (all, event) => all.then(() => handler(event, { getRemainingTimeInMillis: () => remaining })),
      Promise.resolve(),
    );
  const actions = () => calls.map(({ action }) => action);

  it("handles each kind of event, and every record of one", async () => {
    answer = ({ action }) => (action === "SendCommand" ? sent : { output: {} });
    const place = { group: ids.group, hook: "graceful-terminate-sns", instance: ids.instance };
    const action = createSeal(`${ids.handler} a secret`).close(ids.token, place);
    const warning = {
      "detail-type": "EC2 Spot Instance Interruption Warning",
      detail: { "instance-id": ids.instance },
    };
    await invoke([
      snsEvent(testNotification, hookBody({ time: new Date().toISOString() })),
      commandEvent({ parameters: { ...commandParameters(), action } }),
      warning,
      sweepEvent(),
    ]);

    assert.deepEqual(actions(), [
      "SendCommand",
      "CompleteLifecycleAction",
      "DescribeAutoScalingInstances",
      "DescribeAutoScalingGroups",
    ]);
    assert.equal(calls[1]?.input["LifecycleActionToken"], ids.token);
    assert.equal(lines[0], "info ignored: test notification of Auto Scaling");
  });

  it("leaves to the sweep what AWS throttles, without an error, and a command with one call", async () => {
    answer = ({ action }) =>
      action === "SendCommand" ? throttled : { error: { code: "AccessDenied", message: "" } };
    await invoke([hookEvent(), sweepEvent()]);

    assert.deepEqual(actions(), ["SendCommand", "DescribeAutoScalingGroups"]);
    assert.match(lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    assert.equal(lines[2], "error sweep failed; the next sweep tries again");
  });

  it("leaves to the sweep what AWS does not answer, without an error", async () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    await invoke([hookEvent(), sweepEvent()]);

    assert.match(lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    assert.equal(lines[2], "error sweep failed; the next sweep tries again");
  });

  it("begins no call in the last twelve seconds of its time", async () => {
    answer = () => ({ output: {} });
    await invoke([sweepEvent()], {}, 11_900);
    assert.deepEqual(actions(), []);
    await invoke([sweepEvent()], {}, 12_500);
    assert.deepEqual(actions(), ["DescribeAutoScalingGroups"]);
  });

  it("remembers from one invocation to the next what AWS takes", async () => {
    answer = () => throttled;
    await invoke(Array.from({ length: 6 }, hookEvent));
    const [last = 0, ...before] = calls.map(({ at }) => at).reverse();

    assert.equal(calls.length, 6);
    assert.ok(last - (before[0] ?? 0) > 200, `after ${last - (before[0] ?? 0)} ms`);
  });

  it("asks the user's probe", async () => {
    answer = () => sent;
    let asked = 0;
    const isBusy = () => {
      asked += 1;
      return Promise.resolve(true);
    };
    const metadata = JSON.stringify({
      ...(JSON.parse(String(hookBody()["NotificationMetadata"])) as object),
      maxWait: 60,
    });
    await invoke([snsEvent(hookBody({ time: new Date().toISOString(), metadata }))], { isBusy });

    assert.deepEqual([asked, actions()], [1, []]);
  });

  it("fails where its own environment lacks something, with its name", async () => {
    for (const name of ["AWS_LAMBDA_FUNCTION_NAME", "GRACEFUL_ASG_SEAL"]) {
      const value = process.env[name];
      process.env[name] = "";
      await assert.rejects(invoke([sweepEvent()]), {
        message: `the environment variable ${name} is not set`,
      });
      process.env[name] = value;
    }
  });

  it("lets an error of its own be one, so that Lambda tries again and the alarm rings", async () => {
    console.info = () => {
      throw new TypeError("no");
    };

    await assert.rejects(invoke([snsEvent(testNotification)]), TypeError);
  });
});
