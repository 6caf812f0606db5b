import type { GroupLimits, PolicyName } from "./choices";
import type { Finding } from "./finding";
import { policyOf, type PolicyOf, type StackRule } from "./rule";
import { groupsOf, type Group } from "./stack/group";
import type { Resources } from "./stack/resource";

/** A rule that looks at each group by itself. */
interface GroupRule<Name extends PolicyName> extends Omit<
  StackRule<Name, GroupLimits>,
  "limits" | "schema" | "check"
> {
  /** Which groups an importer may leave out, to complete the words "Pulumi names of groups". */
  readonly exceptions: string;
  /** Looks at a group that the stack makes and that `except` does not name. */
  checkGroup(group: Group, resources: Resources): readonly Finding[];
}

export function groupPolicy<const Name extends PolicyName>({
  checkGroup,
  exceptions,
  ...rule
}: GroupRule<Name>): PolicyOf<Name, GroupLimits> {
  const limited: StackRule<Name, GroupLimits> = {
    ...rule,
    limits: { except: [] },
    schema: {
      except: {
        type: "array",
        items: { type: "string" },
        description: `Pulumi names of groups ${exceptions}.`,
      },
    },
    check: (resources, { except }) =>
      groupsOf(resources)
        .filter(({ isOurs, resource }) => isOurs && !except.includes(resource.name))
        .flatMap((group) => checkGroup(group, resources)),
  };
  return policyOf(limited, () => [], limited.check);
}
