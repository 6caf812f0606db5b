import assert from "node:assert/strict";
import { changed, isCommand, withDeliveries, withInstance } from "../../simulator";
import { OnFailure } from "../../contract";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

describe("the promises about failure and launch", function () {
  this.timeout(60_000);

  let bed: TestBed;
  const open = async (setting: Setting) => {
    bed = await TestBed.open(withoutDrain(setting));
  };
  afterEach(() => bed.close());

  const failing: Setting["behaviour"] = (usual) =>
    changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode: 3 }) });
  const withoutAgent: Setting["behaviour"] = (usual) =>
    withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity }));
  const results = () =>
    bed
      .of("action")
      .filter(({ phase }) => phase === "completed")
      .map(({ by, result, transition }) => `${transition} ${by ?? ""} ${result ?? ""}`);
  const logged = () =>
    bed.of("log").flatMap(({ entry, level }) => {
      const { decision, outcome } = entry as { decision?: string; outcome?: string };
      return decision === "complete" && outcome !== undefined ? [`${level} ${outcome}`] : [];
    });
  const states = () => bed.of("instance").map(({ state }) => state);

  describe("P5, failure is a choice and never silent", () => {
    for (const [onFailure, result, end] of [
      [OnFailure.Continue, "CONTINUE", "ended"],
      [OnFailure.Abandon, "ABANDON", "ended"],
      [OnFailure.Retain, "ABANDON", "Terminating:Retained"],
    ] as const) {
      it(`${onFailure}: a script that failed ends with ${result}, the instance is ${end}, the log warns`, async () => {
        await open({ behaviour: failing, args: { terminate: { script: "stop", timeout: 60, onFailure } } });
        await bed.scaleIn(1);
        await bed.pass(120);

        assert.deepEqual(results(), [`terminate call ${result}`]);
        assert.ok(states().includes(end));
        assert.deepEqual(logged(), ["WARN failed"]);
      });
    }

    for (const [name, change] of [
      ["its command's event", undefined],
      ["a sweep", isCommand],
    ] as const) {
      it(`the handler logs the output of a script that failed, where ${name} tells of the failure`, async () => {
        const writes = "the application does not stop\n";
        await open({
          behaviour: (usual) =>
            changed(change ? withDeliveries(usual, change, () => []) : usual, {
              script: (facts) => ({ ...usual.script(facts), exitCode: 3, writes }),
            }),
        });
        await bed.scaleIn(1);
        await bed.pass(300);

        const outputs = bed
          .of("log")
          .flatMap(({ entry, level }) => ((entry as { output?: string }).output ? [{ entry, level }] : []));
        const [instance] = bed.of("script").map((one) => one.instance);
        assert.equal(outputs.length, 1);
        assert.equal(outputs[0]?.level, "WARN");
        const { instance: about, output } = outputs[0].entry as { instance: string; output: string };
        assert.equal(about, instance);
        assert.match(output, /^graceful-asg: .* starts .*\nthe application does not stop\n.*exit code 3$/);
      });
    }

    it("the handler continues for a retained instance that is terminated again, whether its script failed or never ran", async () => {
      for (const behaviour of [failing, withoutAgent]) {
        await open({ behaviour, args: { terminate: { script: "stop", timeout: 60, onFailure: "retain" } } });
        await bed.scaleIn(1);
        await bed.pass(500);
        const [kept] = bed.group.instances.values();
        assert.equal(kept?.state, "Terminating:Retained");
        bed.simulator.autoScaling.terminateAtRequest(kept, false);
        await bed.pass(500);

        assert.equal(bed.group.instances.size, 0);
        assert.deepEqual(results(), ["terminate call ABANDON", "terminate call CONTINUE"]);
        await bed.close();
      }
    });
  });

  describe("an instance that launches", () => {
    const launching = (launch: Partial<NonNullable<Setting["args"]>["launch"]> = {}) => ({
      launch: { script: "ready", timeout: 60, ...launch },
    });
    const scaleOut = async (seconds: number) => {
      bed.simulator.autoScaling.setDesired(bed.group, 1);
      await bed.pass(seconds);
    };

    it("waits for an agent that takes minutes to register, and serves only after the script", async () => {
      await open({
        args: launching(),
        behaviour: (usual) =>
          withInstance(usual, (instance) => ({ ...instance, agentStart: 150_000, boot: 5_000 })),
      });
      await scaleOut(400);

      const script = bed.of("script").find(({ phase }) => phase === "ended");
      const serves = bed.of("instance").find(({ state }) => state === "InService");
      assert.ok(script && serves && script.at < serves.at);
      assert.deepEqual(results(), ["launch call CONTINUE"]);
    });

    it("waits for an agent that never comes until the budget is over, and is then given up", async () => {
      await open({ args: launching({ timeout: 300 }), behaviour: withoutAgent });
      await scaleOut(330 + 60);
      const [action] = bed.of("action");
      const end = bed.of("action").find(({ phase }) => phase === "completed");

      assert.ok(action && end);
      assert.deepEqual(results().slice(0, 1), ["launch call ABANDON"]);
      assert.ok(end.at - action.at >= 330_000, `given up after ${end.at - action.at} ms`);
      assert.ok(!states().includes("InService"));
    });

    it("passes the termination hook at once if it was given up, and is never retained", async () => {
      await open({
        args: { ...launching(), terminate: { script: "stop", timeout: 60, onFailure: "retain" } },
        behaviour: withoutAgent,
      });
      await scaleOut(240);
      bed.group.desired = 0;
      await bed.pass(120);

      const [launch, terminate] = results();
      const waits = bed.of("action").filter(({ transition }) => transition === "terminate");
      assert.deepEqual([launch, terminate], ["launch call ABANDON", "terminate call CONTINUE"]);
      assert.ok(waits[0] && waits[1] && waits[1].at - waits[0].at < 3_000, "it was held");
      assert.ok(!states().includes("Terminating:Retained"));
    });

    it("is replaced if its script fails, and serves all the same under the policy continue", async () => {
      await open({ args: launching(), behaviour: failing });
      await scaleOut(150);
      assert.equal(results()[0], "launch call ABANDON");
      assert.ok(!states().includes("InService"));
      await bed.close();

      await open({ args: launching({ onFailure: "continue" }), behaviour: failing });
      await scaleOut(150);
      assert.deepEqual(results(), ["launch call CONTINUE"]);
      assert.ok(states().includes("InService"));
    });
  });

  describe("P9, messages that are not for the function do no harm", () => {
    it("the function raises no error and changes nothing", async () => {
      await open({});
      const [topic] = bed.world.topics;
      const [document = ""] = bed.world.documents.keys();
      assert.ok(topic !== undefined);
      const [hook] = bed.group.hooks.values();
      const role = hook?.roleArn ?? "";
      const texts = ["", "{", "null", "7", '{"Event":"autoscaling:TEST_NOTIFICATION"}', '{"Records":{}}'];
      for (const message of texts) bed.simulator.topics.publish({ topic, message, subject: "", role });
      for (const detail of [
        {},
        {
          status: "Success",
          "document-name": document,
          "command-id": "e8d3c0e4-71f7-4491-898f-c9b35bee5f3b",
        },
      ])
        bed.simulator.bus.put({
          source: "aws.ssm",
          detailType: "EC2 Command Status-change Notification",
          resources: [],
          detail: { "document-name": document, status: "Failed", ...detail },
        });
      await bed.pass(30);

      const phases = new Set(bed.of("invocation").map(({ phase }) => phase));
      assert.deepEqual([...phases], ["started", "ended"]);
      assert.ok(bed.of("invocation").length >= 2 * texts.length);
      assert.deepEqual(bed.calls(), ["ListCommands: InvalidCommandId"]);
      assert.equal(bed.simulator.lambda.deadLetters.length, 0);
    });
  });
});
