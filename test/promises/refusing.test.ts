import assert from "node:assert/strict";
import { changed, deniedByOrganisation, isHook, withCallErrors, withDeliveries } from "../../simulator";
import { abandons, bed, completedAfter, count, open, outcomes, results, says, starts } from "./outcomes";

describe("the handler", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  describe("where SSM refuses the command for good", () => {
    for (const [what, error, cause] of [
      [
        "a service control policy denies the command",
        denied("arn:aws:ec2:us-east-1:123456789012:instance/x"),
        "policy",
      ],
      ["the document is gone", { code: "InvalidDocument", message: "" }, "was deleted"],
      ["the document does not know the parameters", { code: "InvalidParameters", message: "" }, "version"],
    ] as const) {
      it(`applies the failure policy after the agent timeout, and names the likely cause: ${what}`, async () => {
        await open({
          args: {
            terminate: { script: "stop", timeout: 600, heartbeatTimeout: 300, onFailure: "abandon" },
          },
          behaviour: (usual) =>
            withCallErrors(usual, ({ action }) => (action === "SendCommand" ? error : undefined)),
        });
        await bed.scaleIn(3);
        await bed.pass(3600);

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

    it("starts the rest of a batch at once where one instance lacks the tag", async () => {
      await open({
        args: abandons,
        behaviour: (usual) =>
          changed(
            withDeliveries(usual, isHook, () => []),
            {
              instance: (facts) => ({ ...usual.instance(facts), lacksTags: facts.index === 17 }),
            },
          ),
      });
      await bed.scaleIn(40);
      await bed.pass(75);

      assert.equal(starts().length, 39);
      await bed.pass(600);
      assert.deepEqual(results().sort(), [
        "call ABANDON",
        ...Array.from({ length: 39 }, () => "call CONTINUE"),
      ]);
    });

    it("starts the rest of a batch at once, with few calls, where SSM does not say which instance it refuses", async () => {
      await open({
        args: abandons,
        behaviour: (usual) =>
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
      await bed.scaleIn(40);
      await bed.pass(75);

      assert.equal(starts().length, 20);
      const sent = bed.calls().filter((name) => name.startsWith("SendCommand"));
      assert.ok(sent.length <= 4, `${sent.length} tries to send`);
    });
  });

  describe("where an organisation denies half of a batch, and SSM slowly names one instance at a time", () => {
    const isDenied = (id: string) => parseInt(id.slice(-1), 16) % 2 === 0;

    it("starts the rest within two sweeps, and decides about each denied instance in time", async () => {
      await open({
        args: abandons,
        behaviour: (usual) =>
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
      await bed.scaleIn(60);
      const ids = [...bed.group.instances.keys()];
      const refused = ids.filter(isDenied);
      assert.ok(refused.length > 20 && refused.length < 40);
      await bed.pass(125);
      assert.equal(starts().length, 60 - refused.length);
      await bed.pass(300);

      assert.deepEqual(
        results().sort(),
        ids.map((id) => (isDenied(id) ? "call ABANDON" : "call CONTINUE")).sort(),
      );
    });
  });
});

/** The answer to a call that a service control policy denies. */
function denied(resource: string) {
  return {
    code: "AccessDeniedException",
    message: `User: arn:aws:sts::123456789012:assumed-role/handler/handler is not authorized to perform: ssm:SendCommand on resource: ${resource} with an explicit deny in a service control policy`,
  };
}
