import { definitions, type Schema } from "#arguments";
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  groupValues,
  handlerValues,
  instanceValues,
  targetGroupValues,
  valueViolations,
  wordValues,
} from "../../components/checks/values";

const rules = { ...groupValues, ...instanceValues, ...targetGroupValues, ...handlerValues, ...wordValues };

/** Values that a rule has to refuse, and values that it has to accept. */
interface Values {
  readonly wrong: readonly unknown[];
  readonly right: readonly unknown[];
}

const percentages = { wrong: [-1, 101, 50.5], right: [0, 100] };
const more = { wrong: [99, 201], right: [100, 200] };
const securityGroup = { wrong: ["default", ""], right: ["sg-0123456789abcdef0"] };
const subnet = {
  wrong: ["eu-west-1a", "10.0.0.0/24", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-0a"],
  right: ["subnet-0a"],
};
const targets = "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:targetgroup/web-1/0a";

const values: Readonly<Record<string, Values>> = {
  vpcId: {
    wrong: ["main", "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a"],
    right: ["vpc-0123456789abcdef0"],
  },
  subnetIds: { wrong: [[]], right: [["subnet-0a"]] },
  "subnetIds[]": subnet,
  healthCheckType: {
    wrong: ["ec2", "NONE", "EC2, ELB", ""],
    right: ["EC2", "ELB", "EC2,EBS", "VPC_LATTICE"],
  },
  healthCheckGracePeriod: { wrong: [-1, 0.5], right: [0, 86_400] },
  "enabledMetrics[]": {
    wrong: ["GroupSize", "groupMinSize"],
    right: ["GroupMinSize", "GroupTerminatingRetainedInstances"],
  },
  "instanceMaintenance.minHealthyPercentage": { wrong: [-2, 101], right: [-1, 0, 100] },
  "instanceMaintenance.maxHealthyPercentage": { wrong: [99, 201], right: [-1, 100, 200] },
  "instanceRefresh.preferences.minHealthyPercentage": percentages,
  "instanceRefresh.preferences.maxHealthyPercentage": more,
  "mixedInstances.instancesDistribution.onDemandAllocationStrategy": {
    wrong: ["cheapest"],
    right: ["prioritized"],
  },
  "mixedInstances.instancesDistribution.onDemandBaseCapacity": { wrong: [-1, 1.5], right: [0, 7] },
  "mixedInstances.instancesDistribution.onDemandPercentageAboveBaseCapacity": percentages,
  "mixedInstances.instancesDistribution.spotAllocationStrategy": {
    wrong: ["diversified"],
    right: ["capacity-optimized"],
  },
  "warmPool.minSize": { wrong: [-1, 0.5], right: [0, 12] },
  "warmPool.maxGroupPreparedCapacity": { wrong: [-2, 0.5], right: [-1, 0, 12] },
  "launchTemplate.id": { wrong: ["web"], right: ["lt-0123456789abcdef0"] },
  "launchTemplate.version": { wrong: ["latest", "$latest", "v2"], right: ["$Latest", "$Default", "12"] },
  "instance.instanceType": {
    wrong: ["t4g", "T4G.small", "t4g.small "],
    right: ["t4g.small", "u-6tb1.112xlarge", "mac2-m2.metal"],
  },
  "instance.imageId": {
    wrong: ["ubuntu", ""],
    right: ["ami-0123456789abcdef0", "resolve:ssm:/golden/image"],
  },
  "instance.userData": { wrong: ["x".repeat(16_385), "é".repeat(8193)], right: ["", "x".repeat(16_384)] },
  "instance.securityGroupIds[]": securityGroup,
  "instance.rootVolumeSize": { wrong: [0, 8.5], right: [1, 16_384] },
  "instance.metadataOptions.httpTokens": { wrong: ["yes"], right: ["required", "optional"] },
  "instance.metadataOptions.httpPutResponseHopLimit": { wrong: [0, 65], right: [1, 64] },
  "targetGroups[].arn": {
    wrong: ["web", targets.replace("targetgroup", "loadbalancer/app"), `${targets}/*`],
    right: [targets],
  },
  "targetGroup.slowStart": { wrong: [1, 29, 901], right: [0, 30, 900] },
  "targetGroup.healthCheck.protocol": { wrong: ["TLS", "http"], right: ["HTTP", "HTTPS", "TCP"] },
  "targetGroup.healthCheck.path": { wrong: ["health", "/a b", ""], right: ["/", "/health?full"] },
  "targetGroup.healthCheck.port": { wrong: ["0", "traffic"], right: ["traffic-port", "8081"] },
  "targetGroup.healthCheck.interval": { wrong: [4, 301], right: [5, 300] },
  "targetGroup.healthCheck.timeout": { wrong: [1, 121], right: [2, 120] },
  "targetGroup.healthCheck.healthyThreshold": { wrong: [1, 11], right: [2, 10] },
  "targetGroup.healthCheck.unhealthyThreshold": { wrong: [1, 11], right: [2, 10] },
  "targetGroup.healthCheck.matcher": {
    wrong: ["ok", "199", "600", "200-"],
    right: ["200", "200,202", "200-299"],
  },
  "targetGroup.stickiness.type": { wrong: ["cookie"], right: ["lb_cookie", "app_cookie", "source_ip"] },
  "targetGroup.stickiness.cookieDuration": { wrong: [0, 604_801], right: [1, 604_800] },
  "vpc.subnetIds": { wrong: [[]], right: [["subnet-0a"]] },
  "vpc.subnetIds[]": subnet,
  "vpc.securityGroupIds": { wrong: [[]], right: [["sg-0a"]] },
  "vpc.securityGroupIds[]": securityGroup,
  "terminate.systemdUnit": {
    wrong: [
      ...["", " ", "app.socket", "@1", "a/b", "app;reboot", "$(reboot)", "worker*", "app.timer app"],
      `${"x".repeat(250)}.service`,
      "app'",
    ],
    right: [
      "app",
      "app.service",
      "app.v2",
      "worker@",
      "worker@1 worker@2.service",
      "a\\x2db@c\\x2fd",
      "my app",
    ],
  },
  "terminate.container.name": {
    wrong: ["", "-app", "a/b", "a,b", "a;b"],
    right: ["app", "app_1 sidecar.x", " app "],
  },
  "terminate.container.label": {
    wrong: ["", "=web", "app =web", "app=web\nx", "a,b"],
    right: ["app", "app=web", "com.example/app=my web = 1", "app='; reboot '"],
  },
  "terminate.windowsService": {
    wrong: ["", ",", "W3*", "a/b", "a\\b", "it's", "[a]", "w3\u2019svc", "x".repeat(257)],
    right: ["W3SVC", "W3SVC, WAS", "MSSQL$SQLEXPRESS", "My Service", "a{b}"],
  },
  "launch.httpReady.port": { wrong: [0, 65_536, 1.5], right: [1, 65_535] },
  "launch.httpReady.path": {
    wrong: ["", "health", "/a b", "/\u00fc", "/a\nb"],
    right: ["/", "/health?full='1'&x=$(y)"],
  },
  "launch.httpReady.status": {
    wrong: ["", "99", "600", "200-", "200, 204", "ok"],
    right: ["200", "200,204", "200-299,404"],
  },
  reservedConcurrency: { wrong: [0, -1, 1.5], right: [1, 1000] },
};

describe("the values of arguments", () => {
  for (const [path, { right, wrong }] of Object.entries(values)) {
    it(`are refused at ${path} where AWS would refuse them, and nowhere else`, () => {
      for (const value of wrong) {
        const [first, ...others] = found(path, value);
        assert.equal(first?.argument, path.replaceAll("[]", "[0]"));
        assert.equal(first.value, value);
        assert.deepEqual(others, []);
      }
      for (const value of [...right, pulumi.output(wrong[0]), undefined])
        assert.deepEqual(found(path, value), [], String(value));
    });
  }

  it("have a case for each rule", () => {
    assert.deepEqual(Object.keys(values).sort(), Object.keys(rules).sort());
  });

  it("belong to arguments that exist", () => {
    for (const path of Object.keys(rules))
      assert.ok(
        ["GracefulAutoScalingGroup", "LifecycleHandler"].some((component) =>
          isArgument({ $ref: component }, stepsOf(path)),
        ),
        path,
      );
  });
});

function found(path: string, value: unknown) {
  const args = stepsOf(path).reduceRight<unknown>(
    (part, step) => (step === "[]" ? [part] : { [step]: part }),
    value,
  );
  assert.ok(typeof args === "object" && args !== null);
  return valueViolations({ [path]: rules[path] ?? assert.fail(path) }, args);
}

function stepsOf(path: string): string[] {
  return path.replaceAll("[]", ".[]").split(".");
}

function isArgument(given: Schema, [step, ...rest]: readonly string[]): boolean {
  const known = given.else ?? given;
  const schema = known.$ref === undefined ? known : definitions[known.$ref.split("/").at(-1) ?? ""];
  if (step === undefined) return true;
  const part = step === "[]" ? schema?.items : schema?.properties?.[step];
  return part !== undefined && isArgument(part, rest);
}
