import assert from "node:assert/strict";
import { createSeal } from "../../handler/seal";
import type { Answer, Call } from "../../simulator/wire";
import { hurry, restoreTime, stopTime } from "../support/hurriedTime";
import { Invocations } from "../support/invocations";
import {
  commandEvent,
  commandParameters,
  hookBody,
  ids,
  snsEvent,
  sweepEvent,
  testNotification,
} from "../support/payloads";

const throttled: Answer = { error: { code: "ThrottlingException", message: "Rate exceeded" } };
const denied: Answer = { error: { code: "AccessDenied", message: "" } };
const sent: Answer = { output: { Command: { CommandId: ids.command } } };
const hookEvent = () => snsEvent(hookBody({ time: new Date().toISOString() }));

describe("the function", () => {
  let lambda: Invocations;
  const open = async (answer: (call: Call) => Answer | Promise<Answer> = () => ({ output: {} })) => {
    lambda = await Invocations.open(answer);
  };
  afterEach(() => {
    restoreTime();
    return lambda.close();
  });

  it("handles each kind of event, and every record of an event", async () => {
    await open(({ action }) => (action === "SendCommand" ? sent : { output: {} }));
    const place = { group: ids.group, hook: "graceful-terminate-sns", instance: ids.instance };
    const action = createSeal(`${ids.handler} a secret`).close(ids.token, place);
    const warning = {
      "detail-type": "EC2 Spot Instance Interruption Warning",
      detail: { "instance-id": ids.instance },
    };
    await lambda.invoke([
      snsEvent(testNotification, hookBody({ time: new Date().toISOString() })),
      commandEvent({ parameters: { ...commandParameters(), action } }),
      warning,
      sweepEvent(),
    ]);

    assert.deepEqual(lambda.actions, [
      "SendCommand",
      "CompleteLifecycleAction",
      "DescribeAutoScalingInstances",
      "DescribeAutoScalingGroups",
    ]);
    assert.equal(lambda.calls[1]?.input["LifecycleActionToken"], ids.token);
    assert.equal(lambda.lines[0], "info ignored: test notification of Auto Scaling");
  });

  it("handles announcements of retirements and recommendations to rebalance", async () => {
    await open();
    const retirement = {
      "detail-type": "AWS Health Event",
      source: "aws.health",
      detail: {
        service: "EC2",
        eventTypeCode: "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED",
        affectedEntities: [{ entityValue: ids.instance }],
      },
    };
    const rebalance = {
      "detail-type": "EC2 Instance Rebalance Recommendation",
      source: "aws.ec2",
      detail: { "instance-id": ids.instance },
    };
    await lambda.invoke([retirement, rebalance]);

    assert.deepEqual(lambda.actions, []);
    assert.deepEqual(lambda.lines, [
      "info ignored: this handler replaces no instance at a retirement",
      "info ignored: this handler replaces no instance at a rebalance",
    ]);
  });

  it("leaves a throttled command to the sweep after one call, without an error", async () => {
    await open(({ action }) => (action === "SendCommand" ? throttled : denied));
    await lambda.invoke([hookEvent(), sweepEvent()]);

    assert.deepEqual(lambda.actions, ["SendCommand", "DescribeAutoScalingGroups"]);
    assert.match(lambda.lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    assert.equal(lambda.lines[2], "error sweep failed; the next sweep tries again");
  });

  it("tries a throttled command of a sweep again, but not a throttled cancellation", async () => {
    let sends = 0;
    const { NotificationMetadata } = hookBody();
    const outputs: Readonly<Record<string, () => Answer>> = {
      DescribeAutoScalingGroups: () => ({
        output: {
          AutoScalingGroups: [
            {
              AutoScalingGroupName: ids.group,
              Instances: [
                { InstanceId: ids.instance, LifecycleState: "Terminating:Wait", HealthStatus: "Healthy" },
              ],
            },
          ],
        },
      }),
      DescribeLifecycleHooks: () => ({
        output: {
          LifecycleHooks: [
            {
              LifecycleHookName: "graceful-terminate-sns",
              LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
              HeartbeatTimeout: 900,
              NotificationMetadata,
            },
          ],
        },
      }),
      ListCommandInvocations: () => ({
        output: {
          CommandInvocations: [
            {
              CommandId: ids.command,
              InstanceId: ids.instance,
              RequestedDateTime: new Date(Date.now() - 61_000),
              Status: "Pending",
              StatusDetails: "Pending",
              Comment: "terminate, 150 s",
            },
          ],
        },
      }),
      CancelCommand: () => throttled,
      SendCommand: () => ((sends += 1) === 1 ? throttled : sent),
    };
    await open(({ action }) => outputs[action]?.() ?? { output: {} });
    await lambda.invoke([sweepEvent()]);

    assert.deepEqual(lambda.actions.slice(3), ["CancelCommand", "SendCommand", "SendCommand"]);
    assert.equal(lambda.lines.filter((line) => line.startsWith("warn could not cancel")).length, 1);
  });

  it("begins no call in the last twelve seconds of its time", async () => {
    await open();
    await lambda.invoke([sweepEvent()], {}, 11_900);
    assert.deepEqual(lambda.actions, []);
    await lambda.invoke([sweepEvent()], {}, 12_500);
    assert.deepEqual(lambda.actions, ["DescribeAutoScalingGroups"]);
  });

  it("tries a call again that has no answer after ten seconds", async () => {
    await open(() => (lambda.calls.length === 1 ? new Promise<never>(() => undefined) : { output: {} }));
    stopTime(Date.now());
    await hurry(lambda.invoke([sweepEvent()]), 100, 15_000);

    assert.deepEqual(lambda.actions, ["DescribeAutoScalingGroups", "DescribeAutoScalingGroups"]);
    const [first = 0, second = 0] = lambda.calls.map(({ at }) => at);
    assert.ok(second - first >= 10_000);
  });

  describe("with an event bus", () => {
    const variable = "GRACEFUL_ASG_EVENT_BUS";
    const bus = "arn:aws:events:eu-central-1:123456789012:event-bus/deployments";
    let metrics: string[] = [];
    const { write } = process.stdout;
    beforeEach(() => {
      process.env[variable] = bus;
      metrics = [];
      process.stdout.write = (text: unknown) => {
        if (!String(text).includes("FailedEvents")) return write.call(process.stdout, String(text));
        metrics.push(String(text));
        return true;
      };
    });
    afterEach(() => {
      process.stdout.write = write;
      Reflect.deleteProperty(process.env, variable);
    });

    it("tells the bus in its own Region, after everything else", async () => {
      await open(({ action }) => (action === "SendCommand" ? sent : { output: { Entries: [{}] } }));
      await lambda.invoke([hookEvent()]);

      assert.deepEqual(
        lambda.calls.map(({ action, region }) => [action, region]),
        [
          ["SendCommand", "us-east-1"],
          ["PutEvents", "eu-central-1"],
        ],
      );
      const [entry] = lambda.calls[1]?.input["Entries"] as readonly Readonly<Record<string, unknown>>[];
      assert.deepEqual([entry?.["EventBusName"], entry?.["Source"]], [bus, "graceful-asg"]);
      assert.deepEqual(metrics, []);
    });

    it("gives up on a bus that does not answer after three tries of three seconds, and counts the event", async () => {
      const silent = new Promise<never>(() => undefined);
      await open(({ action }) => (action === "PutEvents" ? silent : sent));
      stopTime(Date.now());
      await hurry(lambda.invoke([hookEvent()]), 100, 20_000);

      const times = lambda.calls.filter(({ action }) => action === "PutEvents").map(({ at }) => at);
      assert.equal(times.length, 3);
      assert.ok(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) < 4_500));
      assert.ok(lambda.lines.includes("error could not put 1 of 1 events on the event bus"));
      assert.match(metrics.join(), /"FailedEvents":1/);
    });

    it("puts events in time that is kept for calls that hang, but not in the last five seconds", async () => {
      for (const [answerTime, actions] of [
        [6_500, ["SendCommand", "PutEvents"]],
        [8_500, ["SendCommand"]],
      ] as const) {
        stopTime(Date.now());
        await open(async ({ action }) => {
          if (action !== "SendCommand") return { output: { Entries: [{}] } };
          await new Promise((resolve) => setTimeout(resolve, answerTime));
          return sent;
        });
        await hurry(lambda.invoke([hookEvent()], {}, 13_000), 100, 15_000);

        assert.deepEqual(lambda.actions, actions);
        restoreTime();
        await lambda.close();
      }
      assert.equal(metrics.length, 1);
    });
  });

  it("asks the user's probe", async () => {
    await open(() => sent);
    let asked = 0;
    const isBusy = () => {
      asked += 1;
      return Promise.resolve(true);
    };
    const metadata = JSON.stringify({
      ...(JSON.parse(String(hookBody()["NotificationMetadata"])) as object),
      maxWait: 60,
    });
    await lambda.invoke([snsEvent(hookBody({ time: new Date().toISOString(), metadata }))], { isBusy });

    assert.deepEqual([asked, lambda.actions], [1, []]);
  });

  it("fails where an environment variable is missing, and names the variable", async () => {
    await open();
    for (const name of ["AWS_LAMBDA_FUNCTION_NAME", "GRACEFUL_ASG_SEAL"]) {
      const value = process.env[name];
      process.env[name] = "";
      await assert.rejects(lambda.invoke([sweepEvent()]), {
        message: `the environment variable ${name} is not set`,
      });
      process.env[name] = value;
    }
  });

  it("fails with an error of its own, so that Lambda tries again and the alarm rings", async () => {
    await open();
    console.info = () => {
      throw new TypeError("no");
    };

    await assert.rejects(lambda.invoke([snsEvent(testNotification)]), TypeError);
  });
});
