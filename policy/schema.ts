import type { PolicyConfigSchema } from "@pulumi/policy";

/** The values that a limit may have. */
export type LimitSchema = PolicyConfigSchema["properties"][string];

/** A limit in whole seconds. */
export function seconds(
  description: string,
  range: { readonly minimum: number; readonly maximum?: number },
): LimitSchema {
  return { type: "integer", ...range, description };
}
