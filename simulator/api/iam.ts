import { ServiceError } from "../errors";
import { isAllowed } from "../iam";
import type { World } from "../world";
import { page, type Input } from "./input";
import type { Operation } from "./operation";

/** Calls of IAM that the simulator answers. */
export function iamOperations({ roles }: World): Readonly<Record<string, Operation>> {
  return {
    SimulatePrincipalPolicy: {
      requests: (input) => [{ action: "iam:SimulatePrincipalPolicy", resource: input.text("PolicySourceArn") }],
      perform: (input) => {
        const role = input.text("PolicySourceArn", { min: 20, max: 2048 });
        const statements = roles.get(role);
        if (statements === undefined)
          throw new ServiceError("NoSuchEntity", `Role ${role} does not exist or is not attachable.`, 404);
        const given = input.texts("ResourceArns");
        const resources = given.length === 0 ? ["*"] : given;
        const context = contextOf(input);
        const all = input.texts("ActionNames").map((action) => {
          const each = resources.map((resource) => ({
            EvalResourceName: resource,
            EvalResourceDecision: isAllowed(statements, { action, resource, context }) ? "allowed" : "implicitDeny",
          }));
          return {
            EvalActionName: action,
            EvalResourceName: resources[0],
            EvalDecision:
              each.find((one) => one.EvalResourceDecision !== "allowed")?.EvalResourceDecision ?? "allowed",
            ResourceSpecificResults: resources.length > 1 ? each : [],
          };
        });
        const size = input.optionalNumber("MaxItems", 1, 1000) ?? 100;
        const { items, next } = page(all, size, input.optionalText("Marker"), "InvalidInput");
        return { EvaluationResults: items, IsTruncated: next !== undefined, Marker: next };
      },
    },
  };
}

/** Values of condition keys; the simulator compares keys of one value. */
function contextOf(input: Input): Record<string, string> {
  return Object.fromEntries(
    input
      .inputs("ContextEntries")
      .map((entry) => [entry.text("ContextKeyName"), entry.texts("ContextKeyValues")[0] ?? ""]),
  );
}
