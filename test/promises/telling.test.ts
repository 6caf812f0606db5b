import assert from "node:assert/strict";
import { eventBusVariable } from "../../contract";
import { changed, isCommand, isHook, withDeliveries, type Behaviour, type World } from "../../simulator";
import { faultsOfEvent } from "../support/eventSchema";
import type { Setting } from "../support/testBed";
import { bed, completedAfter, count, open, results, says, starts, takes } from "./outcomes";

const busArn = "arn:aws:events:us-east-1:123456789012:event-bus/deployments";
const defaultBus = "arn:aws:events:us-east-1:123456789012:event-bus/default";
const events = { busArn };

const told = () => bed.of("event");
const typesOf = () => told().map(({ detailType }) => detailType.replace("Graceful ", ""));
const started = "Lifecycle Action Started";
const completed = "Lifecycle Action Completed";
const failed = "Lifecycle Action Failed";
const retained = "Instance Retained";
const delivered = () =>
  told().map(({ detail, detailType, source }) => ({ source, "detail-type": detailType, detail }));

/** Every call of PutEvents fails. */
const refusing = (usual: Behaviour): Behaviour =>
  changed(usual, {
    callError: (facts) =>
      facts.action === "PutEvents"
        ? { code: "InternalFailure", message: "try again", status: 500 }
        : usual.callError(facts),
  });

describe("the handler with an event bus", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  it("tells the beginning and the end of a drain, once each, for one call more each", async () => {
    await open({ args: { events }, scriptSeconds: 10, seed: "3" });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.deepEqual(typesOf(), [started, completed]);
    assert.deepEqual(bed.calls(), ["SendCommand", "PutEvents", "CompleteLifecycleAction", "PutEvents"]);
    const [first, second] = told();
    const [command] = bed.of("command");
    const place = {
      version: 1,
      handler: bed.world.functions[0]?.name,
      group: bed.group.settings.name,
      hook: "graceful-terminate-sns",
      instance: starts()[0]?.instance,
      transition: "terminate",
      document: command?.document,
      commandId: command?.command,
    };
    assert.deepEqual([first?.bus, first?.source, first?.detail], [busArn, "graceful-asg", place]);
    const { commandTime, completionLag, waitTime, ...rest } = second?.detail ?? {};
    assert.deepEqual(rest, {
      ...place,
      outcome: "succeeded",
      result: "CONTINUE",
      code: "succeeded",
      reason: "the script succeeded",
    });
    assert.ok(Math.abs(Number(waitTime) - completedAfter()) <= 1);
    assert.ok(Number(commandTime) > 5 && Number(completionLag) < 2);
    assert.deepEqual(delivered().flatMap(faultsOfEvent), []);
  });

  it("makes no call more without one", async () => {
    await open({ scriptSeconds: 10, seed: "3" });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.deepEqual(bed.calls(), ["SendCommand", "CompleteLifecycleAction"]);
  });

  it("tells the same where the sweep does everything, ten events with a call", async () => {
    await open({
      args: { events },
      behaviour: (usual) =>
        withDeliveries(
          takes(usual, 10),
          (one) => isHook(one) || isCommand(one),
          () => [],
        ),
    });
    await bed.scaleIn(12);
    await bed.pass(300);

    assert.deepEqual(typesOf().sort(), [
      ...Array<string>(12).fill(completed),
      ...Array<string>(12).fill(started),
    ]);
    assert.equal(count("PutEvents"), 4);
    assert.deepEqual(delivered().flatMap(faultsOfEvent), []);
  });

  it("tells a failure, and an instance that the group keeps, in this order", async () => {
    for (const [onFailure, types] of [
      ["continue", [started, failed]],
      ["abandon", [started, failed]],
      ["retain", [started, failed, retained]],
    ] as const) {
      await open({
        args: { events, terminate: { script: "stop", timeout: 60, onFailure } },
        behaviour: (usual) => takes(usual, 10, 1),
      });
      await bed.scaleIn(1);
      await bed.pass(150);

      assert.deepEqual(typesOf(), types, onFailure);
      assert.equal(told().at(-1)?.detail["outcome"], "failed");
      assert.deepEqual(delivered().flatMap(faultsOfEvent), []);
      if (onFailure !== "retain") continue;
      const [instance] = bed.group.instances.values();
      assert.match(instance?.state ?? "", /Retained/);
    }
  });

  it("tells a launch by its own transition", async () => {
    await open({
      args: { events, launch: { script: "warm-up", timeout: 60 } },
      behaviour: (usual) => takes(usual, 10, 1),
    });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(200);

    const [first] = told();
    const own = told().filter(
      ({ detail }) => detail["instance"] === first?.detail["instance"] && detail["transition"] === "launch",
    );
    // The event's invocation and a sweep in another process may both be the first to reach an agent that has just come.
    assert.deepEqual(
      new Set(own.slice(0, -1).map(({ detailType }) => detailType)),
      new Set([`Graceful ${started}`]),
    );
    assert.deepEqual(
      own.slice(-1).map(({ detail, detailType }) => [detailType, detail["result"]]),
      [[`Graceful ${failed}`, "ABANDON"]],
    );
    assert.deepEqual(delivered().flatMap(faultsOfEvent), []);
  });

  it("does not tell a beginning again where it sends the document again, or hears of the hook twice", async () => {
    await open({
      args: { events },
      behaviour: (usual) => withDeliveries(takes(usual, 20), isHook, (delays) => [...delays, 3_000]),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.ok(count("SendCommand") > 1);
    assert.deepEqual(typesOf(), [started, completed]);
  });

  it("completes as ever where the bus refuses its events, and says so in log and metrics", async () => {
    const ends: unknown[] = [];
    for (const behaviour of [(usual: Behaviour) => usual, refusing]) {
      await open({ args: { events }, behaviour: (usual) => behaviour(takes(usual, 10)) });
      await bed.scaleIn(1);
      await bed.pass(200);

      const failures = bed.of("invocation").filter(({ phase }) => phase === "failed");
      ends.push([results(), Math.round(completedAfter()), failures]);
      if (behaviour !== refusing) await bed.close();
    }

    assert.deepEqual(ends[0], ends[1]);
    assert.deepEqual(told(), []);
    assert.ok(says("could not put 1 of 1 events on the event bus"));
    const lost = bed.of("metric").filter(({ name }) => name === "FailedEvents");
    assert.deepEqual(
      lost.map(({ dimensions, value }) => [dimensions, value]),
      [
        [{}, 1],
        [{}, 1],
      ],
    );
  });

  it("completes as ever where the bus never answers", async () => {
    await open({
      args: { events },
      behaviour: (usual) =>
        changed(takes(usual, 10), {
          isHanging: (facts) => facts.action === "PutEvents" || usual.isHanging(facts),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.ok(completedAfter() < 20);
    assert.ok(bed.of("invocation").every(({ phase }) => phase !== "timedOut" && phase !== "failed"));
  });

  it("is denied every bus but its own", async () => {
    const other = (world: World): World => ({
      ...world,
      functions: world.functions.map((one) => ({
        ...one,
        environment: { ...one.environment, [eventBusVariable]: busArn.replace("deployments", "other") },
      })),
    });
    await open({ args: { events }, world: other, behaviour: (usual) => takes(usual, 10) });
    await bed.scaleIn(1);
    await bed.pass(100);

    assert.deepEqual(told(), []);
    assert.ok(bed.calls().includes("PutEvents: AccessDeniedException"));
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("is not invoked by its own events on the default bus", async () => {
    const setting: Setting = { scriptSeconds: 10, seed: "3" };
    const invocations: number[] = [];
    for (const args of [{}, { events: { busArn: defaultBus } }]) {
      await open({ ...setting, args });
      await bed.scaleIn(1);
      await bed.pass(30);
      invocations.push(bed.of("invocation").filter(({ phase }) => phase === "started").length);
      if (args.events === undefined) await bed.close();
    }

    assert.equal(told().length, 2);
    assert.equal(invocations[0], invocations[1]);
  });
});
