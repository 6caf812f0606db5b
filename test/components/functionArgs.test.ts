import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  LifecycleHandler,
  type FunctionArgs,
} from "../../components";
import { ofType, type Registration } from "../../evaluate/registration";
import { existingArgs, groupArgs, handlerElsewhere, only, registered } from "../support/deployment";

const types = {
  function: "aws:lambda/function:Function",
  policy: "aws:iam/rolePolicy:RolePolicy",
  role: "aws:iam/role:Role",
} as const;

/** The components that make a function, and the name of the handler that has the function. */
const makers = {
  LifecycleHandler: (args: FunctionArgs) => ({
    name: "web",
    component: new LifecycleHandler("web", args),
  }),
  GracefulAutoScalingGroup: (args: FunctionArgs) => ({
    name: "web-handler",
    component: new GracefulAutoScalingGroup("web", groupArgs(args)),
  }),
  GracefulLifecycle: (args: FunctionArgs) => ({
    name: "web-handler",
    component: new GracefulLifecycle("web", existingArgs(args)),
  }),
};

const vpc = { subnetIds: ["subnet-0abc"], securityGroupIds: ["sg-0abc"] };
const functionOf = (all: readonly Registration[]) => only(all, types.function);
const policiesOf = (all: readonly Registration[], role: unknown) =>
  ofType(all, types.policy)
    .filter(({ inputs }) => inputs["role"] === role)
    .map(({ name }) => name)
    .sort();

for (const [component, make] of Object.entries(makers)) {
  describe(`the function of a ${component}`, () => {
    it("gets the environment variables of the user, and the seal", async () => {
      const usual = await registered(() => make({}));
      const sealOf = (made: readonly Registration[]) => {
        const role = ofType(made, types.role).find(
          ({ state }) => state["arn"] === functionOf(made).inputs["role"],
        );
        return { GRACEFUL_ASG_SEAL: role?.state["uniqueId"] };
      };
      const all = await registered(() =>
        make({ environment: { STORE: pulumi.output("store.internal"), TZ: "Europe/Berlin" } }),
      );

      assert.match(String(sealOf(usual).GRACEFUL_ASG_SEAL), /^AROA[A-Z0-9]{17}$/);
      assert.deepEqual(functionOf(usual).inputs["environment"], { variables: sealOf(usual) });
      assert.deepEqual(functionOf(all).inputs["environment"], {
        variables: { STORE: "store.internal", TZ: "Europe/Berlin", ...sealOf(all) },
      });
    });

    it("runs in the VPC that is given, with a role that has the permissions before the function is made", async () => {
      let name = "";
      const all = await registered(() => {
        ({ name } = make({ vpc }));
      });
      const network = only(all, types.policy, `${name}-network`);
      const { dependencies, inputs } = functionOf(all);
      const { Statement } = JSON.parse(String(network.inputs["policy"])) as {
        Statement: { Action: string[] }[];
      };

      assert.deepEqual(inputs["vpcConfig"], vpc);
      assert.ok(dependencies.includes(network.urn));
      assert.equal(network.inputs["role"], only(all, types.role, `${name}-function`).state["name"]);
      assert.deepEqual(Statement, [
        {
          Effect: "Allow",
          Action: [
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
          ],
          Resource: "*",
        },
      ]);
    });

    it("has neither a VPC nor permissions for a VPC unless a VPC is given", async () => {
      const all = await registered(() => make({}));

      assert.equal(functionOf(all).inputs["vpcConfig"], undefined);
      assert.ok(!ofType(all, types.policy).some(({ name }) => name.endsWith("-network")));
    });

    it("takes a role made elsewhere, which gets the function's policies", async () => {
      let name = "";
      const all = await registered(() => {
        const role = new aws.iam.Role("busy", { assumeRolePolicy: "{}" });
        ({ name } = make({ role, vpc }));
      });
      const busy = only(all, types.role, "busy").state;

      assert.equal(functionOf(all).inputs["role"], busy["arn"]);
      const { variables } = functionOf(all).inputs["environment"] as { variables: Record<string, string> };
      assert.match(variables["GRACEFUL_ASG_SEAL"] ?? "", /^[0-9a-f]{32}$/);
      assert.ok(!ofType(all, types.role).some((one) => one.name === `${name}-function`));
      const policies = policiesOf(all, busy["name"]);
      for (const policy of [`${name}-function`, `${name}-network`])
        assert.ok(policies.includes(policy), policy);
    });

    it("has a role whose name the component returns, for grants", async () => {
      let given: pulumi.Output<string> | undefined;
      let name = "";
      const all = await registered(() => {
        const made = make({});
        name = made.name;
        given = made.component.functionRoleName;
        new aws.iam.RolePolicy("sessions", { role: given, policy: "{}" });
      });

      assert.equal(
        only(all, types.policy, "sessions").inputs["role"],
        only(all, types.role, `${name}-function`).state["name"],
      );
    });
  });
}

describe("the role of a function that was made elsewhere", () => {
  it("has a name that the component returns as well", async () => {
    const all = await registered(() => {
      const web = new GracefulAutoScalingGroup("web", groupArgs({ handler: handlerElsewhere }));
      new aws.iam.RolePolicy("sessions", { role: web.functionRoleName, policy: "{}" });
    });

    assert.equal(only(all, types.policy, "sessions").inputs["role"], handlerElsewhere.functionRoleName);
  });
});
