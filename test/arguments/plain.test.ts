import { definitions, type Component } from "#arguments";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { InvalidArguments } from "../../components";
import { shapeViolations } from "../../components/shape";
import { components } from "../../scripts/analyze";
import { root } from "../support/deployment";

/** A part of the schema that other languages get. */
interface Property {
  readonly plain?: boolean;
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: Property;
}

interface PackageSchema {
  readonly resources: Readonly<
    Record<string, { readonly inputProperties: Readonly<Record<string, Property>> }>
  >;
  readonly types: Readonly<Record<string, Property>>;
}

const schema = JSON.parse(readFileSync(path.join(root, "api/schema.json"), "utf8")) as PackageSchema;

/** A place among the arguments: names of arguments, and `[]` for an item of a list. */
type Place = readonly string[];

/** Every place where the schema takes no output, at every depth. */
function plainPlaces(properties: Readonly<Record<string, Property>>, above: Place = []): Place[] {
  return Object.entries(properties).flatMap(([name, property]) => plainIn(property, [...above, name]));
}

function plainIn(property: Property, here: Place): Place[] {
  const type = property.$ref === undefined ? property : schema.types[property.$ref.replace("#/types/", "")];
  return [
    ...(property.plain === true ? [here] : []),
    ...plainPlaces(type?.properties ?? {}, here),
    ...(property.items === undefined ? [] : plainIn(property.items, [...here, "[]"])),
    ...(property.additionalProperties === undefined
      ? []
      : plainIn(property.additionalProperties, [...here, "key"])),
  ];
}

/** Places of inline callbacks, which are not in the schema. */
function callbacksOf(component: string): Place[] {
  const { properties = {} } = definitions[component] ?? {};
  return Object.entries(properties)
    .filter(([, property]) => property.typeof === "function")
    .map(([name]) => [name]);
}

/** Arguments that hold a value at a place, and nothing else. */
function argsWith(place: Place, value: unknown): unknown {
  return place.reduceRight<unknown>((part, step) => (step === "[]" ? [part] : { [step]: part }), value);
}

const written = (place: Place) => place.join(".").replaceAll(".[]", "[0]");

const later: Readonly<Record<string, () => unknown>> = {
  "an output": () => pulumi.output("text"),
  "an output that is secret": () => pulumi.secret("text"),
  "an output of an object": () => pulumi.output({ name: "text" }),
  "a promise": () => Promise.resolve("text"),
};

describe("an argument that has to be plain", () => {
  const table = components.flatMap((component) =>
    [
      ...plainPlaces(schema.resources[`graceful-asg:index:${component}`]?.inputProperties ?? {}),
      ...callbacksOf(component),
    ].map((place) => ({ component: component as Component, place })),
  );

  for (const { component, place } of table) {
    it(`is refused by one sentence that names it if it is an output: ${written(place)} of ${component}`, () => {
      for (const [what, make] of Object.entries(later)) {
        const about = shapeViolations(component, argsWith(place, make())).filter(
          ({ value }) => value !== undefined,
        );

        assert.deepEqual(
          about.map(({ argument }) => argument),
          [written(place)],
          what,
        );
        const { message } = new InvalidArguments("It", about);
        const is = what.startsWith("a promise") ? "a promise" : "an output";
        assert.match(
          message.split("\n")[1]?.slice(2 + written(place).length) ?? "",
          new RegExp(
            `^ is ${is}; it must be [^;.]+ as a plain value\\. Outputs are known too late: give [^.]+\\.$`,
          ),
        );
      }
    });
  }

  it("is every argument that the validators take no output for, and no other argument", () => {
    const places = table.map(({ component, place }) => `${component} ${written(place)}`);

    assert.ok(places.length >= 60, `${places.length}`);
    for (const place of [
      "terminate.systemdUnit",
      "terminate.container.label",
      "terminate.sessions.ports[0]",
      "launch.httpReady.status",
      "targetGroup.port",
      "instance.managedPolicyArns",
      "isBusy",
    ])
      assert.ok(places.includes(`GracefulAutoScalingGroup ${place}`), place);
    for (const transition of ["terminate", "launch"])
      for (const script of ["script", "powershell"])
        assert.ok(!places.includes(`GracefulAutoScalingGroup ${transition}.${script}`));
  });

  it("is also the set of all arguments", () => {
    for (const component of components as Component[]) {
      const [first, ...others] = shapeViolations(component, pulumi.output({}));

      assert.equal(first?.argument, "args");
      assert.deepEqual(others, []);
    }
  });
});
