import type { Context } from "../context";
import type { Statement } from "../iam";
import type { Lambda } from "../lambda/service";
import type { World } from "../world";
import type { Caller } from "./server";

/** Access key of somebody who may do everything, as an operator at the command line. */
export const operatorKey = "OPERATOR";

/** Finds a caller by the access key of the call; undefined if nobody has the key. */
export function createCallers({
  context,
  lambda,
  operators,
  world,
}: {
  readonly context: Context;
  readonly world: World;
  readonly lambda: Lambda;
  /** What people at the command line may do, by their access keys. */
  readonly operators: ReadonlyMap<string, readonly Statement[]>;
}): (key: string) => Caller | undefined {
  return (key) => {
    if (key === operatorKey) return operatorOf(context, "operator", undefined);
    const statements = operators.get(key);
    if (statements !== undefined) return operatorOf(context, key, statements);
    const environment = lambda.environmentOf(key);
    if (environment === undefined) return undefined;
    return {
      name: key,
      principal: assumed(environment.role, key),
      statements: world.roles.get(environment.role) ?? [],
      isAlive: environment.isAlive,
    };
  };
}

/** Somebody at the command line. */
function operatorOf(
  { account: { id, partition } }: Context,
  name: string,
  statements: readonly Statement[] | undefined,
): Caller {
  return { name, principal: `arn:${partition}:iam::${id}:user/${name}`, statements, isAlive: () => true };
}

/** The session of a role, as IAM names a caller that has assumed the role. */
function assumed(role: string, session: string): string {
  return `${role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/${session}`;
}
