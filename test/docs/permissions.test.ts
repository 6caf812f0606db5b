import assert from "node:assert/strict";
import { deployerPolicies, filledIn } from "../support/deployer/policies";
import { faultsOf } from "../support/iam/faults";

/** Most characters of a managed policy, blanks aside. Source: IAM, quotas. */
const maxPolicySize = 6144;

/** A Region with a long name, so that the policies are no larger in most Regions. */
const placeholders = { account: "123456789012", region: "ap-southeast-2", names: ["web"] };

/** Faults by AWS's own list that AWS takes nevertheless. */
const gaps = [
  // Target groups, listeners and rules take tags too. Source: Elastic Load Balancing, AddTags.
  /^elasticloadbalancing:AddTags: knows none of .*:targetgroup\/web\*$/,
  // Parameters that AWS publishes have no account. Source: Systems Manager, public parameters.
  /::parameter\/aws\/service\/ami-amazon-linux-latest\/\*/,
];

describe("the policies for deployers in docs/permissions.md", () => {
  const policies = deployerPolicies();

  it("are for the components, for a new account, and for the example", () => {
    assert.deepEqual(
      [...policies.keys()],
      ["The components", "The components 2", "The example program besides"],
    );
  });

  for (const [name, policy] of policies) {
    it(`name actions, resources and condition keys that AWS has: ${name}`, async () => {
      for (const statement of filledIn(policy, placeholders)) {
        const faults = await faultsOf(statement, { isLimited: false });
        assert.deepEqual(
          faults.filter((fault) => !gaps.some((gap) => gap.test(fault))),
          [],
        );
      }
    });

    it(`fit into a managed policy: ${name}`, () => {
      const text = JSON.stringify({ Version: "2012-10-17", Statement: filledIn(policy, placeholders) });

      assert.ok(text.length <= maxPolicySize, `${text.length} characters`);
    });
  }
});
