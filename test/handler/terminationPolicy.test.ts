import assert from "node:assert/strict";
import { handlerVariable, type BusyInstance } from "../../contract";
import { createTerminationPolicy } from "../../handler/lambda";
import type { HandlerOptions } from "../../handler/invocation";
import type { Answer, Call } from "../../simulator/wire";
import { hurry, restoreTime, stopTime } from "../support/hurriedTime";
import { Invocations } from "../support/invocations";
import { ids } from "../support/payloads";

/** When Auto Scaling asks, ms since 1970. */
const askedAt = Date.UTC(2026, 0, 1);

const document = `${ids.handler}.check`;
const throttled: Answer = { error: { code: "ThrottlingException", message: "Rate exceeded" } };
const question = {
  AutoScalingGroupName: ids.group,
  Cause: "SCALE_IN",
  CapacityToTerminate: [{ Capacity: 1 }],
  Instances: [{ InstanceId: "i-1" }, { InstanceId: "i-2" }],
};

/** AWS with a group that has a check, by which the instance i-1 is busy. */
const usual: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  DescribeAutoScalingGroups: {
    AutoScalingGroups: [
      {
        AutoScalingGroupName: ids.group,
        Tags: [{ Key: "graceful-asg:busy", Value: `document=${document}` }],
      },
    ],
  },
  ListCommands: { Commands: [] },
  SendCommand: { Command: { CommandId: ids.command, RequestedDateTime: 1 } },
  ListCommandInvocations: {
    CommandInvocations: ["busy", "idle"].map((answer, index) => ({
      CommandId: ids.command,
      InstanceId: `i-${index + 1}`,
      Status: "Success",
      CommandPlugins: [{ Output: `graceful-asg: ${answer}\n` }],
    })),
  },
};

describe("the function of a termination policy", () => {
  let lambda: Invocations;
  const open = async (answer: (call: Call) => Answer | Promise<Answer> | undefined = () => undefined) => {
    lambda = await Invocations.open((call) => answer(call) ?? { output: usual[call.action] ?? {} });
    process.env[handlerVariable] = ids.handler;
    stopTime(askedAt);
  };
  afterEach(async () => {
    restoreTime();
    Reflect.deleteProperty(process.env, handlerVariable);
    await lambda.close();
  });

  /** Asks a new function, in hurried time. */
  const ask = async (event: unknown, options?: HandlerOptions, remaining = 3_000) => {
    const policy = createTerminationPolicy(options);
    const answer = await hurry(policy(event, { getRemainingTimeInMillis: () => remaining }), 10, 2_000);
    return { ids: answer?.InstanceIDs, took: Date.now() - askedAt };
  };
  const hangs = () => new Promise<never>(() => undefined);

  it("asks instances by the check of their group, and answers with the ids of those that go", async () => {
    await open();
    const answer = await ask(question);

    assert.deepEqual(answer.ids, ["i-2"]);
    assert.deepEqual(lambda.actions, [
      "DescribeAutoScalingGroups",
      "ListCommands",
      "SendCommand",
      "ListCommandInvocations",
    ]);
    assert.deepEqual([lambda.calls[2]?.input["InstanceIds"]].flat().sort(), ["i-1", "i-2"]);
    assert.deepEqual(lambda.lines, ["info chose 1 of 2 instances: i-2 (idle)"]);
  });

  it("ignores an event that is no question, and says so", async () => {
    await open();

    assert.deepEqual((await ask({ Instances: "all" })).ids, []);
    assert.deepEqual(lambda.actions, []);
    assert.deepEqual(lambda.lines, ["warn ignored: no question of Auto Scaling"]);
  });

  it("tries a throttled question about the group again", async () => {
    let tries = 0;
    await open(({ action }) =>
      action === "DescribeAutoScalingGroups" && (tries += 1) === 1 ? throttled : undefined,
    );

    assert.deepEqual((await ask(question)).ids, ["i-2"]);
    assert.equal(tries, 2);
  });

  it("gives up at once on a check that SSM throttles", async () => {
    await open(({ action }) => (action === "SendCommand" ? throttled : undefined));

    assert.deepEqual((await ask(question)).ids, ["i-1"]);
    assert.deepEqual(lambda.actions, ["DescribeAutoScalingGroups", "ListCommands", "SendCommand"]);
  });

  it("tries a call again that has no answer after a second", async () => {
    let tries = 0;
    await open(({ action }) =>
      action === "DescribeAutoScalingGroups" && (tries += 1) === 1 ? hangs() : undefined,
    );
    await ask(question);

    assert.equal(tries, 2);
    assert.deepEqual(
      lambda.calls.slice(1, 2).map(({ at }) => Math.floor((at - askedAt) / 100)),
      [12],
    );
  });

  it("answers after 1.3 seconds at the latest", async () => {
    await open(hangs);

    assert.deepEqual(await ask(question), { ids: ["i-1"], took: 1_300 });
  });

  it("answers 0.3 seconds before the end of the invocation", async () => {
    await open(hangs);

    assert.deepEqual(await ask(question, {}, 800), { ids: ["i-1"], took: 500 });
  });

  it("answers at once where there is hardly any time", async () => {
    await open(hangs);

    assert.deepEqual((await ask(question, {}, 200)).ids, ["i-1"]);
  });

  it("asks the callback about a group without a check", async () => {
    await open(() => ({ output: {} }));
    const isBusy = ({ instanceId }: BusyInstance) => Promise.resolve(instanceId === "i-1");

    assert.deepEqual((await ask(question, { isBusy })).ids, ["i-2"]);
  });
});
