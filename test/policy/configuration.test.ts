import assert from "node:assert/strict";
import type { PolicyLimits, PolicyName } from "../../policy/choices";
import { checkConfiguration } from "../../policy/configuration";
import { gracefulPolicies } from "../../policy/gracefulPolicies";
import { rules } from "../../policy/rules";
import { findings, resource } from "../support/policy";

const refused: readonly (readonly [string, object, RegExp])[] = [
  [
    "a rule",
    { "total-drain-tme": "mandatory" },
    /^The configuration names the policy "total-drain-tme", which there is not; did you mean "total-drain-time"\? it must be one of all, lifecycle-hook-heartbeat-timeout, .*\.$/,
  ],
  [
    "a limit",
    { "total-drain-time": { maxx: 900 } },
    /^The configuration names the limit "maxx" of policy "total-drain-time", which there is not; did you mean "max"\? it must be one of enforcementLevel, max\.$/,
  ],
  [
    "a limit of a rule without limits",
    { "retain-needs-abandon": { max: 900 } },
    /the limit "max" of policy "retain-needs-abandon", which there is not; it must be one of enforcementLevel\.$/,
  ],
  [
    "a level",
    { all: "mandatroy" },
    /^The configuration names the level "mandatroy" of policy "all", which there is not; did you mean "mandatory"\? /,
  ],
  [
    "a level beside limits",
    { "total-drain-time": { enforcementLevel: "off", max: 900 } },
    /^The configuration names the level "off" of policy "total-drain-time", which there is not; it must be one of advisory, disabled, mandatory, remediate\.$/,
  ],
  [
    "something of another kind",
    { "my-own-rule-of-names": "advisory" },
    /which there is not; it must be one of all, /,
  ],
];

describe("the configuration of policies", () => {
  for (const [what, configuration, problem] of refused) {
    it(`is refused where it misspells ${what}, in one sentence and without a stack trace`, () => {
      assert.throws(
        () => {
          checkConfiguration({ ...configuration }, rules);
        },
        (error: Error) => problem.test(error.message) && error.stack === error.message,
      );
    });
  }

  it("may name every limit that its type lists", () => {
    const except = ["batch"];
    const limits: { readonly [Name in PolicyName]: Required<PolicyLimits[Name]> } = {
      "lifecycle-hook-heartbeat-timeout": { min: 30, max: 600 },
      "lifecycle-hook-default-result": { launch: ["ABANDON"], terminate: ["CONTINUE"] },
      "target-group-deregistration-delay": { min: 0, networkMin: 0, max: 60 },
      "lambda-timeout-within-heartbeat": { margin: 10 },
      "group-has-terminate-hook": { except },
      "retain-needs-abandon": {},
      "group-delete-timeout-covers-drain": { allowance: 120 },
      "group-destroy-is-graceful": { except },
      "no-force-delete": { except },
      "simple-scaling-beside-hook": {},
      "instances-are-protected-from-termination": { except },
      "capacity-wait-covers-launch-hook": { allowance: 120 },
      "drain-fits-lifecycle-hook": { heartbeats: true },
      "systemd-stop-timeout": { timeoutStop: 120 },
      "total-drain-time": { max: 900 },
      "spot-drain-fits-interruption-notice": { max: 600 },
    };

    for (const { configSchema, name } of gracefulPolicies(limits)) {
      const defaults = Object.entries(configSchema?.properties ?? {}).map(([key, one]) => [key, one.default]);
      assert.deepEqual(Object.fromEntries(defaults), limits[name as PolicyName], name);
    }
  });

  it("is refused where a program gives a misspelt rule", () => {
    const misspelt: Parameters<typeof gracefulPolicies>[0] = Object.fromEntries([
      ["total-drain", "advisory"],
    ]);

    assert.throws(
      () => gracefulPolicies(misspelt),
      /the policy "total-drain", .* did you mean "total-drain-time"\?/,
    );
  });

  it("is refused where the engine gives an unknown limit", async () => {
    const given = [resource("Group", "web")];

    await assert.rejects(
      findings("total-drain-time", given, { mx: 1 }),
      /the limit "mx" of policy .* did you mean "max"\?/,
    );
  });

  it("is taken where it names rules, levels and limits that exist", () => {
    const all = Object.fromEntries(
      rules.map(({ limits, name }) => [
        name,
        { enforcementLevel: "advisory", ...Object.fromEntries(limits.map((limit) => [limit, 1])) },
      ]),
    );

    checkConfiguration({ all: "disabled", ...all }, rules);
  });
});
