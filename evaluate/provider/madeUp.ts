import type { Fields } from "../fields";
import type { Account } from "./createdState";
import { declarationsOf, type Declarations, type Property } from "./declarations";
import { zones } from "./zones";

/** A look-up whose answer is made up. */
interface Question {
  readonly account: Account;
  /** Look-up, as in `aws:ec2/getVpc:getVpc`. */
  readonly token: string;
  readonly inputs: Fields;
}

/** Depth to which answers are filled. */
const deepest = 3;

/**
 * Makes up the answer of a look-up: its arguments, and for every other property a value of the type that the provider's
 * package declares. Programs then find an id where they expect an id, and two in a list.
 * @param folder the program's folder
 */
export function madeUpAnswer(question: Question, folder: string): Fields {
  const declared = declarationsOf(question.token, folder);
  if (declared === undefined) return { id: "unknown", ...question.inputs };
  return { ...filled(declared.answer, declared, question, 0), ...question.inputs };
}

function filled(
  properties: readonly Property[],
  declared: Declarations,
  question: Question,
  depth: number,
): Fields {
  const required = properties.filter(({ isOptional }) => !isOptional);
  return Object.fromEntries(
    required.map(({ name, type }) => [name, valueOf(name, type, declared, question, depth)]),
  );
}

function valueOf(
  name: string,
  type: string,
  declared: Declarations,
  question: Question,
  depth: number,
): unknown {
  if (type.endsWith("[]")) {
    const one = type.slice(0, -2);
    if (one === "string") return textsFor(name, question);
    const value = valueOf(name, one, declared, question, depth);
    return value === undefined ? [] : [value];
  }
  if (type.startsWith("outputs."))
    return depth < deepest ? filled(declared.nested(type), declared, question, depth + 1) : undefined;
  switch (type) {
    case "number":
      return 1;
    case "boolean":
      return false;
    case "string":
      return textFor(name, question);
    default:
      return {};
  }
}

function textsFor(name: string, question: Question): readonly string[] {
  const all = zones(question.account.region);
  if (/^(availabilityZones|zones)$/.test(name)) return all.map(({ availabilityZone }) => availabilityZone);
  const one = textFor(name, question);
  const isId = /-[0-9a-f]{17}$/.test(one);
  return isId ? [one, `${one.slice(0, -1)}1`] : [one];
}

/** Prefixes of ids, by the kind of resource. */
const prefixes: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/ami|image/i, "ami"],
  [/launchTemplate/i, "lt"],
  [/natGateway/i, "nat"],
  [/routeTable/i, "rtb"],
  [/securityGroup/i, "sg"],
  [/snapshot/i, "snap"],
  [/subnet/i, "subnet"],
  [/vpc/i, "vpc"],
];

function textFor(name: string, { account, inputs, token }: Question): string {
  const [, module = "", asked = ""] = token.split(":");
  const { id, partition, region } = account;
  const subject = typeof inputs["name"] === "string" ? inputs["name"] : name;
  const idFor = (about: string) => {
    const [, prefix] = prefixes.find(([pattern]) => pattern.test(about)) ?? [];
    return prefix === undefined ? undefined : `${prefix}-0123456789abcdef0`;
  };
  if (/^ids?$/.test(name)) return idFor(asked) ?? `${asked}-0123456789abcdef0`;
  if (/Ids?$/.test(name)) return idFor(name) ?? name;
  if (/arns?$/i.test(name))
    return `arn:${partition}:${module.split("/")[0] ?? ""}:${region}:${id}:${subject}`;
  if (/cidr/i.test(name)) return "10.0.0.0/16";
  if (/^availabilityZone$/.test(name)) return `${region}a`;
  if (/^region$/i.test(name)) return region;
  if (/^(accountId|ownerId|owner)$/.test(name)) return id;
  if (/^secretString$/.test(name)) return "{}";
  if (/^value$/.test(name) && /ami/i.test(subject)) return "ami-0123456789abcdef0";
  if (/dnsName|endpoint|url/i.test(name)) return `${asked}.${region}.example.com`;
  return name;
}
