import assert from "node:assert/strict";
import { check, type CheckOptions } from "../../cli/account";
import { atSimulator } from "../support/account/atSimulator";
import { manyGroups } from "../support/manyGroups";
import { TestBed } from "../support/testBed";

const count = 500;

const options: CheckOptions = {
  places: [{ region: undefined, groups: [] }],
  all: true,
  json: true,
  failOn: "never",
  choices: {},
};

describe("graceful-asg check of many groups", function () {
  this.timeout(300_000);

  it(`reads ${count} groups in less than a minute of virtual time, and each shared thing once`, async () => {
    const bed = await TestBed.open({
      args: { instance: { disableApiTermination: true, disableApiStop: true } },
      world: (world) => manyGroups(world, count),
    });
    for (const group of bed.simulator.autoScaling.groups.values())
      bed.simulator.autoScaling.populate(group, 1);
    await bed.pass(120);
    const before = bed.now;

    const { calls, text } = await atSimulator(bed, (open, terminal) => check(options, open, terminal));

    const took = bed.now - before;
    assert.ok(took < 60, `took ${took} s`);
    assert.deepEqual(calls, {
      // For each group: its hooks and its document.
      DescribeLifecycleHooks: count,
      GetDocument: count,
      // A page for each hundred groups, for each 50 instances and resources.
      DescribeAutoScalingGroups: 5,
      DescribeInstanceInformation: 10,
      SimulatePrincipalPolicy: 32,
      // The same for one group as for all.
      DescribeLaunchTemplateVersions: 1,
      DescribePolicies: 1,
      DescribeTags: 1,
      DescribeTargetGroupAttributes: 1,
      DescribeTargetGroups: 1,
      GetFunctionConfiguration: 2,
      GetFunctionEventInvokeConfig: 1,
      GetMetricData: 1,
      GetPolicy: 1,
      GetQueueAttributes: 1,
      GetQueueUrl: 1,
      GetSubscriptionAttributes: 1,
      GetTopicAttributes: 1,
      ListRuleNamesByTarget: 1,
      ListRules: 1,
      ListSubscriptionsByTopic: 1,
      ListTargetsByRule: 3,
    });
    const { groups } = JSON.parse(text) as { groups: { findings: { rule: string }[] }[] };
    assert.equal(groups.length, count);
    await bed.close();
  });
});
