import assert from "node:assert/strict";
import { status, type StatusOptions } from "../../cli/account";
import { OnFailure } from "../../components";
import { changed } from "../../simulator";
import { atSimulator, type Surroundings } from "../support/account/atSimulator";
import { policyOf, without } from "../support/account/policyOf";
import { TestBed, type Setting } from "../support/testBed";

const usual: StatusOptions = { group: [], region: undefined, watch: false, json: false };

describe("graceful-asg status", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting, from: number, to: number, seconds: number) => {
    bed = await TestBed.open(setting);
    await bed.scaleIn(from, to);
    await bed.pass(seconds);
  };
  const show = (options: Partial<StatusOptions> = {}, surroundings: Surroundings = {}) =>
    atSimulator(
      bed,
      (account, terminal) => status({ ...usual, ...options }, account, terminal),
      surroundings,
    );
  /** Its lines, with the names that change with each version in short. */
  const lines = async (options: Partial<StatusOptions> = {}, surroundings: Surroundings = {}) => {
    const { text } = await show(options, surroundings);
    const names = [...bed.group.instances.keys()];
    const short = names.reduce((all, id, index) => all.replaceAll(id, `i-${index + 1}`), text);
    return short
      .replaceAll(bed.group.settings.name, "web")
      .replaceAll(/web-handler-\w+/g, "handler")
      .split("\n")
      .map((line) => line.replaceAll(/ {2,}/g, "  "));
  };

  it("shows instances that deregister, then instances whose script runs", async () => {
    await open(
      { scriptSeconds: 100, args: { targetGroup: { port: 80, deregistrationDelay: 30 } } },
      4,
      2,
      10,
    );

    assert.deepEqual(await lines(), [
      "web: 0 of 4 instances wait (us-east-1, served by handler)",
      "  i-1  Terminating: leaves its target groups, then its hook fires",
      "  i-2  Terminating: leaves its target groups, then its hook fires",
      "",
    ]);

    await bed.pass(50);

    assert.deepEqual(await lines(), [
      "web: 2 of 4 instances wait (us-east-1, served by handler)",
      "  INSTANCE  HOOK  WAITS  UNDER WAY  HOOK ENDS IN  AT MOST  NEXT",
      "  i-1  graceful-terminate-sns  28 s  command running, sent 27 s ago  7 min 2 s  12 h 29 min  waits: the script is running",
      "  i-2  graceful-terminate-sns  28 s  command running, sent 27 s ago  7 min 2 s  12 h 29 min  waits: the script is running",
      "",
    ]);
  });

  it("says that nothing waits", async () => {
    await open({}, 2, 2, 10);

    assert.deepEqual(await lines(), ["Nothing waits in web (us-east-1)."]);
  });

  it("decides as the handler does: the document that a lost event asks for is sent at the next sweep", async () => {
    await open(
      {
        args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
        behaviour: (behaviour) =>
          changed(behaviour, {
            deliveries: (message) => (message.what === "hook" ? [] : behaviour.deliveries(message)),
          }),
      },
      2,
      1,
      20,
    );

    const [, , row = ""] = await lines();
    assert.match(row, /nothing yet .* sends the document: /);
    const before = bed.calls().length;

    await bed.pass(60);

    assert.ok(bed.calls().slice(before).includes("SendCommand"), bed.calls().join());
  });

  it("shows a dead agent, and changes nothing", async () => {
    await open(
      {
        args: {
          targetGroup: { port: 80, deregistrationDelay: 0 },
          terminate: { script: "stop", timeout: 600, onFailure: OnFailure.Retain },
        },
        behaviour: (behaviour) =>
          changed(behaviour, {
            instance: (facts) => ({ ...behaviour.instance(facts), agentStart: Infinity }),
          }),
      },
      2,
      1,
      100,
    );
    const before = bed.of("action").length;

    const [, , row = ""] = await lines();

    assert.match(row, /^ {2}i-1 {2}graceful-terminate-sns .* nothing yet .* sends the document: /);
    assert.equal(bed.of("action").length, before);
    const changes = bed.of("call").filter(({ caller }) => caller === "operator");
    assert.deepEqual(
      [...new Set(changes.map(({ action }) => action.replace(/(Describe|List|Get).*/, "$1")))].sort(),
      ["Describe", "List"],
    );
  });

  it("looks again with --watch, until nobody looks", async () => {
    await open({ scriptSeconds: 100, ...noDrain() }, 2, 1, 10);

    const shown = (await lines({ watch: true }, { repaints: 3 })).filter((line) => line.includes("i-1"));

    const waits = shown.map((line) => /sns {2}(\d+) s/.exec(line)?.[1]);
    assert.deepEqual(waits.length, 3);
    assert.ok(Number(waits[2]) - Number(waits[0]) >= 10, waits.join());
  });

  it("gives everything as JSON", async () => {
    await open({ scriptSeconds: 100, ...noDrain() }, 2, 1, 10);

    const [group] = JSON.parse((await show({ json: true })).text) as readonly {
      readonly waits: readonly { readonly next: unknown; readonly lifecycleState: string }[];
    }[];

    assert.deepEqual(
      group?.waits.map(({ lifecycleState, next }) => ({ lifecycleState, next })),
      [
        {
          lifecycleState: "Terminating:Wait",
          next: { kind: "wait", code: "running", reason: "the script is running" },
        },
      ],
    );
  });

  it("makes one call where nothing waits, and as many where ten wait as where one waits", async () => {
    await open({ scriptSeconds: 100, ...noDrain() }, 11, 11, 10);
    assert.deepEqual((await show()).calls, { DescribeAutoScalingGroups: 1 });

    bed.simulator.autoScaling.setDesired(bed.group, 10);
    await bed.pass(30);
    const { calls } = await show();
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(30);

    assert.deepEqual((await show()).calls, calls);
  });

  describe("refuses", () => {
    const refusal = async (options: Partial<StatusOptions>, surroundings: Surroundings = {}) => {
      try {
        await show(options, surroundings);
      } catch (error) {
        return error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
      }
      return "nothing";
    };

    it("a group that does not exist", async () => {
      await open({}, 1, 1, 0);

      assert.equal(
        await refusal({ group: ["api"] }),
        'AccountError: --group is "api", but us-east-1 has no such Auto Scaling group. Check the name, --region and the account.',
      );
    });

    it("a group that no handler serves, and a Region without groups of ours", async () => {
      const bare = (world: TestBed["world"]) => ({
        ...world,
        groups: world.groups.map((one) => ({ ...one, tags: {}, hooks: [] })),
      });
      await open({ world: bare }, 1, 1, 0);

      assert.match(
        await refusal({ group: [bed.group.settings.name] }),
        /^AccountError: --group is "web-\w+", which no handler of graceful-asg serves: it has no tag graceful-asg:handler\. /,
      );
      assert.equal(
        await refusal({}),
        "AccountError: No group in us-east-1 has the tag graceful-asg:handler. Check --region and the account.",
      );
    });

    it("credentials that AWS does not know", async () => {
      await open({}, 1, 1, 0);

      assert.match(
        await refusal({}, { key: "STRANGER" }),
        /^AccountError: AWS does not take the credentials \(The security token included in the request is invalid\)\. Check /,
      );
    });
  });

  describe("with the policy of the page", () => {
    const policy = policyOf("Status");
    const actions = policy.flatMap(({ Action }) => Action);
    const operators = new Map([
      ["ALL", policy],
      ...actions.map((action) => [action, without(policy, action)] as const),
    ]);
    const used = new Set<string>();

    /** Situations that together need all calls. */
    const situations: Readonly<Record<string, () => Promise<void>>> = {
      "a warm pool": () => {
        const warmPool = { minSize: 1, poolState: "Running" } as const;
        return open({ ...noDrain({ warmPool }), operators }, 3, 2, 10);
      },
      "a command whose end nobody has told": () =>
        open(
          {
            ...noDrain(),
            operators,
            behaviour: (behaviour) =>
              changed(behaviour, {
                script: (facts) => ({ ...behaviour.script(facts), takes: 5_000, exitCode: 1 }),
                deliveries: (message) =>
                  message.what.startsWith("EC2 Command") ? [] : behaviour.deliveries(message),
              }),
          },
          2,
          1,
          12,
        ),
      "a machine that Auto Scaling calls unhealthy": async () => {
        await open({ ...noDrain(), operators, scriptSeconds: 100 }, 2, 1, 10);
        for (const instance of bed.group.instances.values())
          if (instance.state === "Terminating:Wait") instance.health = "Unhealthy";
      },
    };

    for (const [name, situation] of Object.entries(situations))
      it(`works, and says which permission is missing: ${name}`, async () => {
        await situation();
        const { calls, code } = await show({}, { key: "ALL" });

        assert.equal(code, 0);
        const needed = actions.filter((action) => (action.split(":")[1] ?? "") in calls);
        for (const action of needed) {
          used.add(action);
          await assert.rejects(show({}, { key: action }), {
            message: `arn:aws:iam::123456789012:user/${action} may not call ${action}. Allow it: docs/operators.md has the policy of each command.`,
          });
        }
      });

    it("has no permission that nothing needs", () => {
      assert.deepEqual([...used].sort(), [...actions].sort());
    });
  });
});

/** A group whose hooks fire at once. */
function noDrain(args: Setting["args"] = {}): Setting {
  return { args: { targetGroup: { port: 80, deregistrationDelay: 0 }, ...args } };
}
