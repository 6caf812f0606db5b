import assert from "node:assert/strict";
import { encodeInstructions, decodeInstructions } from "../../contract";
import {
  changed,
  deniedByOrganisation,
  isHook,
  withCallErrors,
  withDeliveries,
  withMishaps,
  withOtherHook,
  type Conduct,
} from "../../rehearsal/box";
import { Stand, withoutDrain, type Setting } from "../support/box";

const usually = { failsWith: undefined, startsAfter: 0, isReported: true };
const denied = (resource: string) => ({
  code: "AccessDeniedException",
  message: `User: arn:aws:sts::123456789012:assumed-role/handler/handler is not authorized to perform: ssm:SendCommand on resource: ${resource} with an explicit deny in a service control policy`,
});

describe("the handler asks before a verdict", function () {
  this.timeout(120_000);

  let stand: Stand;
  const open = async (setting: Setting = {}) => {
    stand = await Stand.open(withoutDrain(setting));
  };
  afterEach(() => stand.close());

  const abandons = { terminate: { script: "stop", timeout: 120, onFailure: "abandon" } } as const;
  const anHour = { terminate: { script: "stop", timeout: 3600, onFailure: "retain" } } as const;
  const starts = () => stand.of("script").filter(({ phase }) => phase === "started");
  const scriptEnds = () => stand.of("script").filter(({ phase }) => phase === "ended");
  const results = () =>
    stand
      .of("action")
      .flatMap(({ by, phase, result }) => (phase === "completed" ? [`${by ?? ""} ${result ?? ""}`] : []));
  const completedAfter = () => {
    const [wait] = stand.of("action").filter(({ phase }) => phase === "waiting");
    const [end] = stand.of("action").filter(({ phase }) => phase === "completed");
    return ((end?.at ?? Infinity) - (wait?.at ?? 0)) / 1000;
  };
  const lines = () => stand.of("log").map(({ entry }) => entry as { message?: string; outcome?: string });
  const outcomes = () => lines().flatMap(({ outcome }) => outcome ?? []);
  const says = (text: string) => lines().some(({ message = "" }) => message.includes(text));
  const count = (action: string) => stand.calls().filter((name) => name === action).length;
  const endsBeforeItsMachine = () => {
    const [end] = scriptEnds();
    const [machine] = stand.of("instance").filter(({ state }) => state === "ended");
    assert.ok(end && machine && end.at < machine.at, "the machine ended before its script");
  };
  const takes = (usual: Conduct, seconds: number, exitCode = 0) =>
    changed(usual, { script: () => ({ takes: seconds * 1000, exitCode, heedsTerm: true }) });

  describe("where the agent is in trouble", () => {
    for (const failsWith of [-1, 1, 127]) {
      it(`sends again what the agent fails at once with code ${failsWith}: the script runs once, CONTINUE`, async () => {
        await open({
          args: abandons,
          conduct: (usual) =>
            changed(usual, {
              handling: ({ earlier }) => ({ ...usually, failsWith: earlier === 0 ? failsWith : undefined }),
            }),
        });
        await stand.scaleIn(1);
        await stand.pass(400);

        assert.equal(starts().length, 1);
        assert.deepEqual(results(), ["call CONTINUE"]);
        assert.deepEqual(outcomes(), ["succeeded"]);
        endsBeforeItsMachine();
      });
    }

    it("gives up an agent that fails every command, by the policy, and says so", async () => {
      await open({
        args: abandons,
        conduct: (usual) => changed(usual, { handling: () => ({ ...usually, failsWith: 1 }) }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.deepEqual(results(), ["call ABANDON"]);
      assert.deepEqual(outcomes(), ["unreachable"]);
      assert.ok(says("the SSM agent fails every command"));
      assert.ok(completedAfter() >= 180 && completedAfter() < 180 + 120, `after ${completedAfter()} s`);
    });

    it("lets the first command go on where a second one fails in the agent", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(
            withDeliveries(usual, isHook, ([first = 0]) => [first, first + 2_000]),
            { handling: ({ earlier }) => ({ ...usually, failsWith: earlier === 0 ? undefined : 1 }) },
          ),
        scriptSeconds: 90,
      });
      await stand.scaleIn(1);
      await stand.pass(400);

      assert.equal(count("SendCommand"), 2);
      assert.deepEqual(results(), ["call CONTINUE"]);
      assert.deepEqual(
        scriptEnds().map(({ code }) => code),
        [0],
      );
      endsBeforeItsMachine();
    });

    it("hears from the guard that the script ended with 0 where the report never came", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(usual, {
            handling: ({ earlier }) => ({ ...usually, isReported: earlier > 0 }),
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
      assert.deepEqual(outcomes(), ["succeeded"]);
    });

    it("hears that the script failed where that report never came", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(takes(usual, 20, 3), {
            handling: ({ earlier }) => ({ ...usually, isReported: earlier > 0 }),
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call ABANDON"]);
      assert.deepEqual(outcomes(), ["failed"]);
    });

    it("asks an agent that takes nothing for four minutes of an hour's budget, and its script runs", async () => {
      await open({
        args: anHour,
        conduct: (usual) => withMishaps(usual, { kind: "agentBusy", from: -1_000, to: 240_000 }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
    });

    it("asks an agent for as long as agentTimeout says", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 60, agentTimeout: 600, onFailure: "abandon" } },
        conduct: (usual) => withMishaps(usual, { kind: "agentBusy", from: -1_000, to: 420_000 }),
      });
      await stand.scaleIn(1);
      await stand.pass(1200);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
    });

    it("sends again what somebody cancels before the script began", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(withMishaps(usual, { kind: "agentAway", from: -1_000, to: 20_000 }), {
            cancelledAfter: ({ earlier }) => (earlier === 0 ? 5_000 : undefined),
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(400);

      assert.equal(starts().length, 1);
      assert.ok(says("somebody cancelled the command before"));
      assert.deepEqual(results(), ["call CONTINUE"]);
    });

    it("joins the script whose command somebody cancels while it runs", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(takes(usual, 90), {
            cancelledAfter: ({ earlier }) => (earlier === 0 ? 30_000 : undefined),
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(400);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
      endsBeforeItsMachine();
    });

    it("asks once more where somebody cancels after half an hour, however long the script has run", async () => {
      await open({
        args: anHour,
        conduct: (usual) =>
          changed(takes(usual, 3000), {
            cancelledAfter: ({ earlier }) => (earlier === 0 ? 1800_000 : undefined),
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(3600);

      assert.equal(starts().length, 1);
      assert.deepEqual(results(), ["call CONTINUE"]);
      endsBeforeItsMachine();
    });

    it("names the cancellation where somebody cancels every command", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(withMishaps(usual, { kind: "agentAway", from: -1_000, to: 1e9 }), {
            cancelledAfter: () => 2_000,
          }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.ok(says("somebody cancels every command"));
      assert.deepEqual(results(), ["call ABANDON"]);
    });

    it("does not say that a script overran whose step began minutes late", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(takes(usual, 100), { handling: () => ({ ...usually, startsAfter: 100_000 }) }),
      });
      await stand.scaleIn(1);
      await stand.pass(900);

      assert.equal(starts().length, 1);
      assert.deepEqual(
        scriptEnds().map(({ code }) => code),
        [0],
      );
      assert.deepEqual(results(), ["call CONTINUE"]);
      endsBeforeItsMachine();
    });

    it("lets a running script have the budget that it was sent with, whatever a deployment makes of the hook", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 900, onFailure: "abandon" } },
        conduct: (usual) => takes(usual, 600),
      });
      await stand.scaleIn(1);
      await stand.pass(30);
      const [hook] = stand.group.hooks.values();
      const instructions = decodeInstructions(hook?.notificationMetadata);
      assert.ok(hook && instructions);
      stand.box.autoScaling.putHook(stand.group, {
        ...hook,
        notificationMetadata: encodeInstructions({ ...instructions, execution: 10 }),
      });
      stand.group.tags = { ...stand.group.tags, ["graceful-asg:hooks"]: "terminate=00000000" };
      await stand.pass(900);

      assert.deepEqual(
        scriptEnds().map(({ code }) => code),
        [0],
      );
      assert.deepEqual(results(), ["call CONTINUE"]);
      endsBeforeItsMachine();
    });
  });

  describe("where SSM refuses the command for good", () => {
    for (const [what, error, cause] of [
      [
        "denied by a service control policy",
        denied("arn:aws:ec2:us-east-1:123456789012:instance/x"),
        "policy",
      ],
      ["of a document that is gone", { code: "InvalidDocument", message: "" }, "was deleted"],
      ["with parameters that it does not know", { code: "InvalidParameters", message: "" }, "version"],
    ] as const) {
      it(`applies the policy after the time of an agent that is not there, and names the likely cause: ${what}`, async () => {
        await open({
          args: {
            terminate: { script: "stop", timeout: 600, heartbeatTimeout: 300, onFailure: "abandon" },
          },
          conduct: (usual) =>
            withCallErrors(usual, ({ action }) => (action === "SendCommand" ? error : undefined)),
        });
        await stand.scaleIn(3);
        await stand.pass(3600);

        assert.deepEqual(results(), ["call ABANDON", "call ABANDON", "call ABANDON"]);
        assert.deepEqual(outcomes(), ["unreachable", "unreachable", "unreachable"]);
        assert.ok(says(cause), "the log does not name the cause");
        assert.ok(completedAfter() >= 180 && completedAfter() < 300, `after ${completedAfter()} s`);
        assert.ok(
          count("RecordLifecycleActionHeartbeat") <= 3 * 2,
          `${count("RecordLifecycleActionHeartbeat")} heartbeats`,
        );
      });
    }

    it("starts the others of a batch at once where one instance lacks the tag", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(
            withDeliveries(usual, isHook, () => []),
            {
              instance: (facts) => ({ ...usual.instance(facts), lacksTags: facts.index === 17 }),
            },
          ),
      });
      await stand.scaleIn(40);
      await stand.pass(75);

      assert.equal(starts().length, 39);
      await stand.pass(600);
      assert.deepEqual(results().sort(), [
        "call ABANDON",
        ...Array.from({ length: 39 }, () => "call CONTINUE"),
      ]);
    });

    it("starts the others of a batch at once where SSM does not say which instance it refuses, with few calls", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(
            withDeliveries(usual, isHook, () => []),
            {
              namesRefused: () => false,
              instance: (facts) =>
                facts.index % 2 === 0
                  ? { ...usual.instance(facts), agentStart: Infinity }
                  : usual.instance(facts),
            },
          ),
      });
      await stand.scaleIn(40);
      await stand.pass(75);

      assert.equal(starts().length, 20);
      const sent = stand.calls().filter((name) => name.startsWith("SendCommand"));
      assert.ok(sent.length <= 4, `${sent.length} tries to send`);
    });
  });

  describe("where an organisation denies half of a batch, and SSM names one at a time, slowly", () => {
    const isDenied = (id: string) => parseInt(id.slice(-1), 16) % 2 === 0;

    it("starts the others within two sweeps, and decides about each that is denied in its time", async () => {
      await open({
        args: abandons,
        conduct: (usual) =>
          changed(
            withCallErrors(
              withDeliveries(usual, isHook, () => []),
              ({ action, instances }) => {
                const refused = instances.filter(isDenied);
                return action === "SendCommand" && refused.length > 0
                  ? deniedByOrganisation(refused)
                  : undefined;
              },
            ),
            { callLatency: () => 2_000 },
          ),
      });
      await stand.scaleIn(60);
      const ids = [...stand.group.instances.keys()];
      const refused = ids.filter(isDenied);
      assert.ok(refused.length > 20 && refused.length < 40);
      await stand.pass(125);
      assert.equal(starts().length, 60 - refused.length);
      await stand.pass(300);

      assert.deepEqual(
        results().sort(),
        ids.map((id) => (isDenied(id) ? "call ABANDON" : "call CONTINUE")).sort(),
      );
    });
  });

  describe("where the machine is gone", () => {
    for (const kind of ["crash", "stop", "termination"] as const) {
      it(`lets it go within two sweeps of Auto Scaling's notice, and retains nothing: ${kind} in the middle of an hour`, async () => {
        await open({
          args: {
            terminate: { script: "stop", timeout: 3600, heartbeatTimeout: 300, onFailure: "retain" },
          },
          conduct: (usual) => withMishaps(takes(usual, 3000), { kind, from: 1_000_000 }),
        });
        await stand.scaleIn(1);
        await stand.pass(1900);

        assert.deepEqual(results(), ["call CONTINUE"]);
        assert.deepEqual(outcomes(), ["gone"]);
        assert.ok(
          completedAfter() > 1000 && completedAfter() < 1000 + 60 + 122,
          `after ${completedAfter()} s`,
        );
      });
    }
  });

  it("completes once and says so once where somebody else's hook holds the instance for an hour", async () => {
    await open({
      world: withOtherHook,
      conduct: (usual) => changed(usual, { otherHook: () => ({ after: 3600_000, result: "CONTINUE" }) }),
    });
    await stand.scaleIn(1);
    await stand.pass(3700);

    assert.deepEqual(outcomes(), ["succeeded"]);
    assert.equal(lines().filter(({ message = "" }) => message.startsWith("complet")).length, 1);
    assert.ok(count("CompleteLifecycleAction") + count("CompleteLifecycleAction: ValidationError") <= 4);
  });

  it("counts an end whose answer got lost", async () => {
    let tries = 0;
    await open({
      conduct: (usual) =>
        changed(usual, {
          isUnanswered: ({ action }) => action === "CompleteLifecycleAction" && (tries += 1) === 1,
        }),
    });
    await stand.scaleIn(1);
    await stand.pass(300);

    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.deepEqual(outcomes(), ["succeeded"]);
  });
});
