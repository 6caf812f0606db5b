import assert from "node:assert/strict";
import { CreateTagsCommand, DeleteTagsCommand } from "@aws-sdk/client-ec2";
import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { holdTag, retryParameters, writeHold, type DocumentParameters } from "../../contract";
import {
  changed,
  withCallErrors,
  withDeliveries,
  withIncidents,
  type Behaviour,
  type Message,
} from "../../simulator";
import type { Command } from "../../simulator/ssm/command";
import type { Setting } from "../support/testBed";
import { abandons, bed, count, lines, open, outcomes, results, says, starts, takes, tells } from "./outcomes";

const minute = 60;
const hour = 60 * minute;

/** The stop script fails after ten seconds, as often as it is run. */
const fails = (usual: Behaviour) => takes(usual, 10, 3);

/** The stop script fails the first time. */
const failsOnce =
  (seconds = 10) =>
  (usual: Behaviour): Behaviour =>
    changed(usual, {
      script: ({ run }) => ({ takes: seconds * 1000, exitCode: run > 1 ? 0 : 3, heedsTerm: true }),
    });

const isSweep = ({ what }: Message) => what === "Scheduled Event";

const instance = () => {
  const [found] = bed.group.instances.values();
  assert.ok(found);
  return found;
};
const hold = (seconds: number, id = instance().id) => {
  bed.simulator.ec2.hold(id, bed.simulator.context.clock.now() + seconds * 1000);
};
const heartbeats = () => count("RecordLifecycleActionHeartbeat");
const latestCommand = (): Command => {
  const found = [...bed.simulator.runCommand.commands.values()].at(-1);
  assert.ok(found);
  return found;
};

/** An operator has the script run again, with the permission to send the document. */
const retry = () => {
  const { comment, document, parameters } = latestCommand();
  const failed = Object.fromEntries(
    Object.entries(parameters).map(([name, [value = ""]]) => [name, value]),
  ) as Record<keyof DocumentParameters, string>;
  const again = retryParameters(failed, bed.simulator.context.clock.now());
  return bed.call(() =>
    bed.ssm.send(
      new SendCommandCommand({
        DocumentName: document.name,
        InstanceIds: [instance().id],
        Parameters: Object.fromEntries(Object.entries(again).map(([name, value]) => [name, [value]])),
        Comment: comment,
        TimeoutSeconds: 30,
      }),
    ),
  );
};

describe("a hold of an operator", function () {
  this.timeout(240_000);
  afterEach(() => bed.close());

  for (const [name, terminate] of [
    ["the hook's timeout covers the total", { script: "stop", timeout: 120 }],
    ["the handler sends heartbeats anyway", { script: "stop", timeout: 1200, heartbeatTimeout: 300 }],
  ] as const) {
    for (const onFailure of ["continue", "abandon", "retain"] as const)
      it(`keeps an instance whose script failed at its hook, and the failure policy applies at its end: ${onFailure}, ${name}`, async () => {
        await open({ args: { terminate: { ...terminate, onFailure } }, behaviour: fails });
        await bed.scaleIn(1);
        hold(hour);
        await bed.pass(hour - 1);
        assert.deepEqual(results(), []);
        assert.equal(instance().state, "Terminating:Wait");
        assert.ok(tells("held") && says("until 20"));

        await bed.pass(minute + 10);
        assert.deepEqual(results(), [`call ${onFailure === "continue" ? "CONTINUE" : "ABANDON"}`]);
        assert.deepEqual(outcomes(), ["failed"]);
        assert.equal(starts().length, 1);
      });
  }

  it("keeps an instance whose agent cannot be reached, too", async () => {
    await open({
      args: abandons,
      behaviour: (usual) => withIncidents(usual, { kind: "agentBusy", from: -1_000, to: 5 * hour * 1000 }),
    });
    await bed.scaleIn(1);
    hold(2 * hour);
    await bed.pass(2 * hour - 1);
    assert.deepEqual(results(), []);

    await bed.pass(2 * minute);
    assert.deepEqual(results(), ["call ABANDON"]);
    assert.deepEqual(outcomes(), ["unreachable"]);
  });

  it("delays no instance whose script succeeds, and costs its drain no call", async () => {
    await open({ args: abandons, scriptSeconds: 10, seed: "3" });
    await bed.scaleIn(1);
    hold(hour);
    await bed.pass(30);

    assert.deepEqual(bed.calls(), ["SendCommand", "CompleteLifecycleAction"]);
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("delays no instance whose machine is gone", async () => {
    await open({
      args: abandons,
      behaviour: (usual) => withIncidents(fails(usual), { kind: "stop", from: 20 * minute * 1000 }),
    });
    await bed.scaleIn(1);
    hold(10 * hour);
    await bed.pass(19 * minute);
    assert.deepEqual(results(), []);

    await bed.pass(10 * minute);
    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.deepEqual(outcomes(), ["gone"]);
  });

  it("needs one call more to apply a failure policy where nobody holds the instance", async () => {
    await open({ args: abandons, behaviour: fails });
    await bed.scaleIn(1);
    await bed.pass(40);

    assert.deepEqual(bed.calls(), [
      "SendCommand",
      "GetCommandInvocation",
      "DescribeTags",
      "CompleteLifecycleAction",
    ]);
  });

  it("lets the group go on without the instance, and other instances end as ever", async () => {
    await open({ args: abandons, behaviour: fails });
    await bed.scaleIn(3);
    hold(hour);
    await bed.pass(10 * minute);

    assert.deepEqual(results(), ["call ABANDON", "call ABANDON"]);
    assert.equal(instance().state, "Terminating:Wait");
  });

  it("keeps the hook open for 12 hours with few heartbeats", async () => {
    await open({ args: abandons, behaviour: fails });
    await bed.scaleIn(1);
    hold(12 * hour);
    await bed.pass(12 * hour - 1);
    const [hook] = bed.group.hooks.values();
    assert.ok(hook);

    assert.deepEqual(results(), []);
    const least = (12 * hour) / hook.heartbeatTimeout;
    assert.ok(heartbeats() > least && heartbeats() < 3.5 * least, `${heartbeats()} for ${least} timeouts`);
  });

  for (const [name, terminate] of [
    ["the hook's timeout covers the total", { script: "stop", timeout: 120, onFailure: "abandon" }],
    [
      "the hook's timeout is the shortest",
      { script: "stop", timeout: 1200, heartbeatTimeout: 300, onFailure: "abandon" },
    ],
  ] as const)
    it(`is in force although two of three sweeps are lost: ${name}`, async () => {
      let sweeps = 0;
      await open({
        args: { terminate },
        behaviour: (usual) =>
          withDeliveries(fails(usual), isSweep, ([first = 0]) => ((sweeps += 1) % 3 === 0 ? [first] : [])),
      });
      await bed.scaleIn(1);
      hold(3 * hour);
      await bed.pass(3 * hour - 1);
      assert.deepEqual(results(), []);

      await bed.pass(4 * minute);
      assert.deepEqual(results(), ["call ABANDON"]);
    });

  it("ends before the hook's global timeout, so that the handler applies the failure policy and not the hook its default result", async () => {
    await open({
      args: { terminate: { script: "stop", timeout: 1200, heartbeatTimeout: 300, onFailure: "abandon" } },
      behaviour: fails,
    });
    await bed.scaleIn(1);
    hold(10_000 * hour);
    const global = 100 * 300;
    await bed.pass(global - 4 * minute);
    assert.deepEqual(results(), []);

    await bed.pass(4 * minute);
    assert.deepEqual(results(), ["call ABANDON"]);
    assert.deepEqual(outcomes(), ["failed"]);
  });

  it("counts also where the end of the script is learnt by a sweep, as its event is lost", async () => {
    await open({
      args: abandons,
      behaviour: (usual) =>
        withDeliveries(
          fails(usual),
          ({ what }) => what.includes("Command"),
          () => [],
        ),
    });
    await bed.scaleIn(1);
    hold(hour);
    await bed.pass(hour - 1);
    assert.deepEqual(results(), []);
    await bed.pass(2 * minute);
    assert.deepEqual(results(), ["call ABANDON"]);
  });

  it("is made, prolonged and ended by anybody who may set tags of the instance", async () => {
    await open({ args: abandons, behaviour: fails });
    await bed.scaleIn(1);
    const tag = async (seconds: number) => {
      const Value = writeHold(bed.simulator.context.clock.now() + seconds * 1000);
      const Tags = [{ Key: holdTag, Value }];
      await bed.call(() => bed.ec2.send(new CreateTagsCommand({ Resources: [instance().id], Tags })));
    };
    await tag(10 * minute);
    await bed.pass(9 * minute);
    await tag(hour);
    await bed.pass(30 * minute);
    assert.deepEqual(results(), []);

    const Tags = [{ Key: holdTag }];
    await bed.call(() => bed.ec2.send(new DeleteTagsCommand({ Resources: [instance().id], Tags })));
    await bed.pass(minute);
    assert.deepEqual(results(), ["call ABANDON"]);
  });

  it("is no hold if its tag is malformed, and the log says so", async () => {
    await open({ args: abandons, behaviour: fails });
    await bed.scaleIn(1);
    bed.simulator.ec2.tag(instance().id, { [holdTag]: "30m" });
    await bed.pass(40);

    assert.deepEqual(results(), ["call ABANDON"]);
    assert.ok(says("is no instant like 2026-01-01T00:30:00Z: 30m"));
  });

  it("holds up no failure policy where an organisation does not let the function read tags", async () => {
    await open({ args: abandons, behaviour: (usual) => withoutTags(fails(usual), "UnauthorizedOperation") });
    await bed.scaleIn(1);
    await bed.pass(40);

    assert.deepEqual(results(), ["call ABANDON"]);
    assert.ok(says("could not read which instances operators hold"));
  });

  it("holds up a failure policy for four minutes at most where EC2 does not answer", async () => {
    await open({ args: abandons, behaviour: (usual) => withoutTags(fails(usual), "InternalError") });
    await bed.scaleIn(1);
    await bed.pass(100);
    assert.deepEqual(results(), []);

    await bed.pass(3 * minute);
    assert.deepEqual(results(), ["call ABANDON"]);
  });

  describe("in which an operator has the script run again", () => {
    it("ends with the success of the script: CONTINUE, within a second of its event", async () => {
      await open({ args: abandons, behaviour: failsOnce() });
      await bed.scaleIn(1);
      hold(hour);
      await bed.pass(10 * minute);
      await retry();
      await bed.pass(20);

      assert.equal(starts().length, 2);
      assert.deepEqual(results(), ["call CONTINUE"]);
      assert.deepEqual(outcomes(), ["succeeded"]);
    });

    it("waits for the script though the operator has said so twice, and the script runs once more", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 1800, heartbeatTimeout: 300, onFailure: "abandon" } },
        behaviour: failsOnce(15 * minute),
      });
      await bed.scaleIn(1);
      hold(hour);
      await bed.pass(20 * minute);
      const first = latestCommand();
      await retry();
      await bed.pass(5);
      bed.simulator.runCommand.commands.delete(first.id);
      bed.simulator.runCommand.commands.set(first.id, first);
      await retry();
      await bed.pass(14 * minute);
      assert.deepEqual(results(), []);
      await bed.pass(2 * minute);

      assert.equal(starts().length, 2);
      assert.deepEqual(results(), ["call CONTINUE"]);
    });

    it("holds the instance on after a second failure, until a third run succeeds", async () => {
      await open({
        args: abandons,
        behaviour: (usual) =>
          changed(usual, {
            script: ({ run }) => ({ takes: 10_000, exitCode: run > 2 ? 0 : 3, heedsTerm: true }),
          }),
      });
      await bed.scaleIn(1);
      hold(hour);
      await bed.pass(5 * minute);
      await retry();
      await bed.pass(5 * minute);
      assert.deepEqual(results(), []);
      await retry();
      await bed.pass(20);

      assert.equal(starts().length, 3);
      assert.deepEqual(results(), ["call CONTINUE"]);
    });

    it("applies the failure policy at its end though the script runs again", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 1800, onFailure: "abandon" } },
        behaviour: failsOnce(15 * minute),
      });
      await bed.scaleIn(1);
      hold(20 * minute);
      await bed.pass(16 * minute);
      await retry();
      await bed.pass(6 * minute);

      assert.deepEqual(results(), ["call ABANDON"]);
    });
  });

  describe("where the instances of a group take turns", () => {
    const inTurn: Setting["args"] = {
      maxSize: 5,
      terminate: { script: "etcdctl member remove", timeout: 60, onFailure: "abandon" },
      drain: { maxConcurrent: 1 },
    };

    it("keeps the turn, and the next instance stops when the hold has ended", async () => {
      await open({ args: inTurn, behaviour: failsOnce() });
      await bed.scaleIn(2);
      await bed.pass(1);
      for (const { id } of bed.group.instances.values()) hold(5 * minute, id);
      await bed.pass(5 * minute - 2);
      assert.equal(starts().length, 1);

      await bed.pass(3 * minute);
      assert.equal(starts().length, 2);
    });

    it("keeps the turn no longer than drain.maxWait: the next instance stops all the same, and the log says so", async () => {
      await open({ args: { ...inTurn, drain: { maxConcurrent: 1, maxWait: 600 } }, behaviour: fails });
      await bed.scaleIn(2);
      await bed.pass(1);
      for (const { id } of bed.group.instances.values()) hold(hour, id);
      await bed.pass(15 * minute);

      assert.equal(starts().length, 2);
      assert.ok(tells("turnIsLate"));
      assert.deepEqual(results(), []);
      assert.ok(lines().some(({ code }) => code === "held"));
    });
  });
});

/** EC2 refuses to list tags, or fails. */
function withoutTags(usual: Behaviour, code: string): Behaviour {
  return withCallErrors(usual, ({ action }) =>
    action === "DescribeTags" ? { code, message: "no" } : undefined,
  );
}
