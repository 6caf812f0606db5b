import type { Finding } from "./finding";
import { stackPolicy, type PolicyOf, type StackRule } from "./rule";
import { groupsOf, type Group } from "./stack/group";
import type { Resources } from "./stack/resource";

/** What an importer may choose about a rule on groups: the groups that the rule leaves out. */
type GroupLimits = Readonly<Record<"except", readonly string[]>>;

/** A rule that looks at each group by itself. */
interface GroupRule<Name extends string> extends Omit<
  StackRule<Name, GroupLimits>,
  "limits" | "schema" | "check"
> {
  /** Which groups an importer may leave out, to complete the words "Pulumi names of groups". */
  readonly exceptions: string;
  /** Looks at a group that the stack makes and that `except` does not name. */
  checkGroup(group: Group, resources: Resources): readonly Finding[];
}

export function groupPolicy<const Name extends string>({
  checkGroup,
  exceptions,
  ...rule
}: GroupRule<Name>): PolicyOf<Name, GroupLimits> {
  return stackPolicy<Name, GroupLimits>({
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
  });
}
