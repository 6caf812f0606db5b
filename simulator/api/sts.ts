import type { Context } from "../context";
import type { Operation } from "./operation";

/** Calls of STS that the simulator answers. */
export function stsOperations({ account }: Context): Readonly<Record<string, Operation>> {
  return {
    GetCallerIdentity: {
      // Nobody needs a permission for it. Source: STS API, GetCallerIdentity.
      requests: () => [],
      perform: (_, caller) => ({
        Account: account.id,
        Arn: `arn:${account.partition}:iam::${account.id}:user/${caller}`,
        UserId: "AIDASIMULATOR",
      }),
    },
  };
}
