import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckOptions } from "../../cli/account";
import { changed } from "../../simulator";
import type { Surroundings } from "../support/account/atSimulator";
import { checkAt, openSound, short } from "../support/account/checking";
import { policyOf, without } from "../support/account/policyOf";
import type { Setting, TestBed } from "../support/testBed";

describe("graceful-asg check", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting = {}) => {
    bed = await openSound(setting);
  };
  const show = (options?: Partial<CheckOptions>, surroundings?: Surroundings) =>
    checkAt(bed, options, surroundings);
  /** The lines where the group is named. */
  const lines = async (
    options: Partial<CheckOptions> = { places: [{ region: undefined, groups: [bed.group.settings.name] }] },
  ) => short((await show(options)).text, bed).split("\n");

  const notAsked =
    "Not asked, as only a program tells: group-delete-timeout-covers-drain, group-destroy-is-graceful, no-force-delete, capacity-wait-covers-launch-hook.";

  it("says how a sound group drains, at most how long, and what happens without an answer", async () => {
    await open();

    assert.deepEqual(await lines(), [
      "web: drains (us-east-1, 3 instances, served by handler)",
      "  graceful-terminate-sns: SNS calls handler; document DOCUMENT stops the application",
      '  at most 7 min: 30 s deregistrationDelay of TargetGroup "web" + 390 s at LifecycleHook "graceful-terminate-sns"',
      "  without an answer at graceful-terminate-sns: CONTINUE after 6 min 30 s, and the instance is terminated",
      "  no findings",
      "",
      notAsked,
      "1 group, 0 findings",
    ]);
  });

  it("gives a group without findings one line where no group is named", async () => {
    await open();

    const [line] = await lines({});
    assert.equal(line, "web: drains, at most 7 min, no findings (us-east-1, 3 instances, served by handler)");
    assert.equal((await show()).code, 0);
  });

  it("shows a dead agent as people read it, and fails", async () => {
    await open({
      behaviour: (behaviour) =>
        changed(behaviour, {
          instance: (facts) => ({
            ...behaviour.instance(facts),
            ...(facts.index === 1 ? { agentStart: Infinity } : {}),
          }),
        }),
    });

    assert.deepEqual((await lines()).slice(4, 7), [
      "  high agent-is-online",
      '    Group "web": the number of instances in service whose SSM agent answers is 2 of 3 (not i-1); it must be all, as the handler reaches no other instance. These agents never registered: give the instance profile AmazonSSMManagedInstanceCore, the subnets a way to the ssm and ssmmessages endpoints, and the image an agent that starts.',
      "",
    ]);
    assert.equal((await show()).code, 1);
    assert.equal((await show({ failOn: "never" })).code, 0);
  });

  describe("with the policy of the page", () => {
    const policy = policyOf("Check");
    const actions = policy.flatMap(({ Action }) => Action);
    const operators = new Map([
      ["ALL", policy],
      ...actions.map((action) => [action, without(policy, action)] as const),
    ]);
    /** Nothing can be said without these. */
    const needed = ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeLifecycleHooks"];
    const used = new Set<string>();

    /** Situations that together need all calls. */
    const situations: Readonly<Record<string, Setting>> = {
      "a group of ours": {},
      "a plain group": { program: plainGroup },
    };

    for (const [name, setting] of Object.entries(situations))
      it(`works, and says which permission is missing: ${name}`, async () => {
        await open({ ...setting, operators });
        const { calls, text } = await show({ all: true }, { key: "ALL" });

        assert.doesNotMatch(text, /Not checked:/);
        for (const action of actions.filter((one) => (one.split(":")[1] ?? "") in calls)) {
          used.add(action);
          const shown = show({ all: true, failOn: "never" }, { key: action });
          if (needed.includes(action))
            await assert.rejects(shown, {
              message: `arn:aws:iam::123456789012:user/${action} may not call ${action}. Allow it: docs/operators.md has the policy of each command.`,
            });
          else
            assert.match((await shown).text, new RegExp(`^Not checked: .*, as ${action} is denied\\.$`, "m"));
        }
      });

    it("has no permission that nothing needs", () => {
      // The simulator has no queue before a function.
      assert.deepEqual(
        actions.filter((action) => !used.has(action)),
        ["lambda:ListEventSourceMappings"],
      );
    });
  });
});

/** A group of others: launched from a configuration, with a hook that names a document. */
function plainGroup(): void {
  const { name } = new aws.ec2.LaunchConfiguration("plain", { imageId: "ami-1", instanceType: "t3.micro" });
  const document = new aws.ssm.Document("stop", {
    documentType: "Command",
    content: JSON.stringify({ schemaVersion: "2.2", mainSteps: [] }),
  });
  new aws.autoscaling.Group("plain", {
    minSize: 0,
    maxSize: 5,
    launchConfiguration: name,
    vpcZoneIdentifiers: ["subnet-1"],
    initialLifecycleHooks: [
      {
        name: "drain",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        notificationMetadata: pulumi.jsonStringify({ document: document.name }),
      },
    ],
  });
}
