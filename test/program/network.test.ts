import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { InvalidArguments } from "../../components";
import { findNetwork } from "../../program/network";
import { subnetsForType } from "../../program/zones";
import type { Fields } from "../../evaluate/fields";

const subnet = (letter: string, zone: number) => ({
  id: `subnet-${letter}`,
  availabilityZoneId: `use1-az${zone}`,
});
const zones = (...numbers: number[]) => numbers.map((one) => `use1-az${one}`);

describe("the subnets of the default VPC", () => {
  it("leave out subnets whose zone lacks the instance type", () => {
    const all = [subnet("a", 1), subnet("b", 2), subnet("e", 3)];

    assert.deepEqual(subnetsForType(all, zones(1, 2, 4), "t4g.micro"), ["subnet-a", "subnet-b"]);
  });

  it("are one of each zone, as a load balancer takes no two subnets of a zone", () => {
    const all = [subnet("a", 1), subnet("b", 1), subnet("c", 2)];

    assert.deepEqual(subnetsForType(all, zones(1, 2), "t4g.micro"), ["subnet-a", "subnet-c"]);
  });

  const tooFew = {
    "only one does": [subnet("a", 1), subnet("b", 1), subnet("e", 3)],
    "none does": [subnet("e", 3)],
  };
  for (const [words, all] of Object.entries(tooFew)) {
    it(`are refused where they are too few for a load balancer: ${words}`, () => {
      assert.throws(
        () => subnetsForType(all, zones(1, 2), "t4g.micro"),
        (error) => {
          assert.ok(error instanceof InvalidArguments);
          assert.match(
            error.message,
            new RegExp(
              `^The stack cannot be made:\n  instanceType is "t4g\\.micro"; it must be .* public subnet; ${words}\\. Take`,
            ),
          );
          return true;
        },
      );
    });
  }

  it("are chosen by the zones' ids and the configured type", async () => {
    const asked: unknown[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ inputs }: { inputs: Fields }) => ({
        id: "default-vpc",
        state: { ...inputs, vpcId: "vpc-0", publicSubnetIds: ["subnet-1", "subnet-2", "subnet-3"] },
      }),
      call: ({ inputs, token }: { inputs: Fields; token: string }) => {
        if (token === "aws:ec2/getSubnet:getSubnet")
          return { ...inputs, availabilityZoneId: String(inputs["id"]).replace("subnet-", "use1-az") };
        asked.push(inputs);
        return { ...inputs, locations: zones(1, 2) };
      },
    });
    const { subnetIds } = findNetwork({ instanceType: "t4g.micro", network: undefined });

    assert.deepEqual(await new Promise((resolve) => subnetIds.apply(resolve)), ["subnet-1", "subnet-2"]);
    assert.deepEqual(asked, [
      {
        locationType: "availability-zone-id",
        filters: [{ name: "instance-type", values: ["t4g.micro"] }],
      },
    ]);
  });
});
