import assert from "node:assert/strict";
import { changed, isCommand, withDeliveries, withInstance } from "../../simulator";
import { OnFailure } from "../../contract";
import { Stand, withoutDrain, type Setting } from "../support/box";

describe("the promises about failure and launch", function () {
  this.timeout(60_000);

  let stand: Stand;
  const open = async (setting: Setting) => {
    stand = await Stand.open(withoutDrain(setting));
  };
  afterEach(() => stand.close());

  const failing: Setting["conduct"] = (usual) =>
    changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode: 3 }) });
  const withoutAgent: Setting["conduct"] = (usual) =>
    withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity }));
  const results = () =>
    stand
      .of("action")
      .filter(({ phase }) => phase === "completed")
      .map(({ by, result, transition }) => `${transition} ${by ?? ""} ${result ?? ""}`);
  const logged = () =>
    stand.of("log").flatMap(({ entry, level }) => {
      const { decision, outcome } = entry as { decision?: string; outcome?: string };
      return decision === "complete" && outcome !== undefined ? [`${level} ${outcome}`] : [];
    });
  const states = () => stand.of("instance").map(({ state }) => state);

  describe("P5, failure is a choice and never silent", () => {
    for (const [onFailure, result, end] of [
      [OnFailure.Continue, "CONTINUE", "ended"],
      [OnFailure.Abandon, "ABANDON", "ended"],
      [OnFailure.Retain, "ABANDON", "Terminating:Retained"],
    ] as const) {
      it(`${onFailure}: a script that failed ends with ${result}, the instance is ${end}, the log warns`, async () => {
        await open({ conduct: failing, args: { terminate: { script: "stop", timeout: 60, onFailure } } });
        await stand.scaleIn(1);
        await stand.pass(120);

        assert.deepEqual(results(), [`terminate call ${result}`]);
        assert.ok(states().includes(end));
        assert.deepEqual(logged(), ["WARN failed"]);
      });
    }

    for (const [name, change] of [
      ["its command's event", undefined],
      ["a sweep", isCommand],
    ] as const) {
      it(`logs what a script has written that failed, where ${name} tells of it`, async () => {
        const writes = "the application does not stop\n";
        await open({
          conduct: (usual) =>
            changed(change ? withDeliveries(usual, change, () => []) : usual, {
              script: (facts) => ({ ...usual.script(facts), exitCode: 3, writes }),
            }),
        });
        await stand.scaleIn(1);
        await stand.pass(300);

        const outputs = stand
          .of("log")
          .flatMap(({ entry, level }) => ((entry as { output?: string }).output ? [{ entry, level }] : []));
        const [instance] = stand.of("script").map((one) => one.instance);
        assert.equal(outputs.length, 1);
        assert.equal(outputs[0]?.level, "WARN");
        const { instance: about, output } = outputs[0].entry as { instance: string; output: string };
        assert.equal(about, instance);
        assert.match(output, /^graceful-asg: .* starts .*\nthe application does not stop\n.*exit code 3$/);
      });
    }

    it("lets a retained instance go when it is terminated again, whether its script failed or never ran", async () => {
      for (const conduct of [failing, withoutAgent]) {
        await open({ conduct, args: { terminate: { script: "stop", timeout: 60, onFailure: "retain" } } });
        await stand.scaleIn(1);
        await stand.pass(500);
        const [kept] = stand.group.instances.values();
        assert.equal(kept?.state, "Terminating:Retained");
        stand.box.autoScaling.terminateAtRequest(kept, false);
        await stand.pass(500);

        assert.equal(stand.group.instances.size, 0);
        assert.deepEqual(results(), ["terminate call ABANDON", "terminate call CONTINUE"]);
        await stand.close();
      }
    });
  });

  describe("a launch", () => {
    const launching = (launch: Partial<NonNullable<Setting["args"]>["launch"]> = {}) => ({
      launch: { script: "ready", timeout: 60, ...launch },
    });
    const scaleOut = async (seconds: number) => {
      stand.box.autoScaling.setDesired(stand.group, 1);
      await stand.pass(seconds);
    };

    it("waits for an agent that takes minutes to register, and serves only after the script", async () => {
      await open({
        args: launching(),
        conduct: (usual) =>
          withInstance(usual, (instance) => ({ ...instance, agentStart: 150_000, boot: 5_000 })),
      });
      await scaleOut(400);

      const script = stand.of("script").find(({ phase }) => phase === "ended");
      const serves = stand.of("instance").find(({ state }) => state === "InService");
      assert.ok(script && serves && script.at < serves.at);
      assert.deepEqual(results(), ["launch call CONTINUE"]);
    });

    it("re-checks an agent that never comes until the budget is over, then gives the instance up", async () => {
      await open({ args: launching({ timeout: 300 }), conduct: withoutAgent });
      await scaleOut(330 + 60);
      const [action] = stand.of("action");
      const end = stand.of("action").find(({ phase }) => phase === "completed");

      assert.ok(action && end);
      assert.deepEqual(results().slice(0, 1), ["launch call ABANDON"]);
      assert.ok(end.at - action.at >= 330_000, `given up after ${end.at - action.at} ms`);
      assert.ok(!states().includes("InService"));
    });

    it("that was given up passes the termination hook at once, and is never retained", async () => {
      await open({
        args: { ...launching(), terminate: { script: "stop", timeout: 60, onFailure: "retain" } },
        conduct: withoutAgent,
      });
      await scaleOut(240);
      stand.group.desired = 0;
      await stand.pass(120);

      const [launch, terminate] = results();
      const waits = stand.of("action").filter(({ transition }) => transition === "terminate");
      assert.deepEqual([launch, terminate], ["launch call ABANDON", "terminate call CONTINUE"]);
      assert.ok(waits[0] && waits[1] && waits[1].at - waits[0].at < 3_000, "it was held");
      assert.ok(!states().includes("Terminating:Retained"));
    });

    it("whose script fails is replaced, and serves all the same under the policy continue", async () => {
      await open({ args: launching(), conduct: failing });
      await scaleOut(150);
      assert.equal(results()[0], "launch call ABANDON");
      assert.ok(!states().includes("InService"));
      await stand.close();

      await open({ args: launching({ onFailure: "continue" }), conduct: failing });
      await scaleOut(150);
      assert.deepEqual(results(), ["launch call CONTINUE"]);
      assert.ok(states().includes("InService"));
    });
  });

  describe("P9, messages that are not for the function do no harm", () => {
    it("raises no error and changes nothing", async () => {
      await open({});
      const [topic] = stand.world.topics;
      const [document = ""] = stand.world.documents.keys();
      assert.ok(topic !== undefined);
      const [hook] = stand.group.hooks.values();
      const role = hook?.roleArn ?? "";
      const texts = ["", "{", "null", "7", '{"Event":"autoscaling:TEST_NOTIFICATION"}', '{"Records":{}}'];
      for (const message of texts) stand.box.topics.publish({ topic, message, subject: "", role });
      for (const detail of [
        {},
        {
          status: "Success",
          "document-name": document,
          "command-id": "e8d3c0e4-71f7-4491-898f-c9b35bee5f3b",
        },
      ])
        stand.box.bus.put({
          source: "aws.ssm",
          detailType: "EC2 Command Status-change Notification",
          resources: [],
          detail: { "document-name": document, status: "Failed", ...detail },
        });
      await stand.pass(30);

      const phases = new Set(stand.of("invocation").map(({ phase }) => phase));
      assert.deepEqual([...phases], ["started", "ended"]);
      assert.ok(stand.of("invocation").length >= 2 * texts.length);
      assert.deepEqual(stand.calls(), ["ListCommands: InvalidCommandId"]);
      assert.equal(stand.box.lambda.deadLetters.length, 0);
    });
  });
});
