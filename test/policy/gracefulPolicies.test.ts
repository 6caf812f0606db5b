import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { gracefulPolicies } from "../../policy/gracefulPolicies";
import { root } from "../support/deployment";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const levels = (policies: ReturnType<typeof gracefulPolicies>) =>
  Object.fromEntries(policies.map(({ enforcementLevel, name }) => [name, enforcementLevel]));

describe("gracefulPolicies", () => {
  it("has a level, a severity and two sentences for each rule", () => {
    const policies = gracefulPolicies();

    assert.equal(policies.length, 16);
    for (const { description, enforcementLevel, severity } of policies) {
      assert.match(description, /^[A-Z].*\. .*\.$/);
      assert.ok(["advisory", "mandatory"].includes(enforcementLevel ?? ""));
      assert.ok(["low", "medium", "high"].includes(severity ?? ""));
    }
  });

  it("takes levels: for a rule, and for all other rules", () => {
    const chosen = levels(
      gracefulPolicies({
        all: "disabled",
        "total-drain-time": "mandatory",
        "retain-needs-abandon": { enforcementLevel: "advisory" },
      }),
    );

    assert.equal(chosen["total-drain-time"], "mandatory");
    assert.equal(chosen["retain-needs-abandon"], "advisory");
    assert.equal(chosen["group-has-terminate-hook"], "disabled");
  });

  it("takes limits, and keeps the level where only limits are chosen", () => {
    const usual = levels(gracefulPolicies());
    const policies = gracefulPolicies({ "total-drain-time": { max: 900 } });
    const [chosen] = policies.filter(({ name }) => name === "total-drain-time");

    assert.deepEqual(levels(policies), usual);
    assert.equal(chosen?.configSchema?.properties["max"]?.default, 900);
  });

  it("has type, default and description of each limit", () => {
    for (const { configSchema, name } of gracefulPolicies()) {
      for (const [limit, schema] of Object.entries(configSchema?.properties ?? {})) {
        assert.ok(schema.type && schema.description, `${name} ${limit}`);
        assert.notEqual(schema.default, undefined, `${name} ${limit}`);
      }
    }
  });
});

describe("the policy pack", () => {
  it("has the version of the package", () => {
    const { version } = JSON.parse(read("policy/package.json")) as { version: string };

    assert.equal(version, (JSON.parse(read("package.json")) as { version: string }).version);
  });

  it("has a page with a row for each rule: severity, level, limits and their defaults", () => {
    const rows = read("policy/README.md")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const documented = rows.map(([, name, , ...rest]) => [name, ...rest.slice(0, 3)]);

    assert.deepEqual(
      documented,
      gracefulPolicies().map(({ configSchema, enforcementLevel, name, severity }) => [
        `\`${name}\``,
        severity,
        enforcementLevel,
        Object.entries(configSchema?.properties ?? {})
          .map(([limit, schema]) => `\`${limit}\` ${JSON.stringify(schema.default)}`)
          .join(", "),
      ]),
    );
  });
});
