import { isFields } from "../../contract";
import { ServiceError, validationError } from "../errors";
import type { Service } from "../wire";

/** The input of a call, read member by member; each service has its own way to say that a member is wrong. */
export class Input {
  constructor(
    private readonly members: Readonly<Record<string, unknown>>,
    private readonly service: Service,
  ) {}

  /** Text of a given length and pattern. */
  text(name: string, rules: TextRules = {}): string {
    return this.optionalText(name, rules) ?? this.missing(name);
  }

  optionalText(
    name: string,
    { max = Infinity, min = 1, oneOf, pattern }: TextRules = {},
  ): string | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    if (typeof value !== "string") return this.wrong(name, value, "Member must be text");
    if (value.length < min)
      return this.wrong(name, value, `Member must have length greater than or equal to ${min}`);
    if (value.length > max)
      return this.wrong(name, value, `Member must have length less than or equal to ${max}`);
    if (pattern && !pattern.test(value)) {
      return this.wrong(name, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    if (oneOf && !oneOf.includes(value)) {
      return this.wrong(name, value, `Member must satisfy enum value set: [${oneOf.join(", ")}]`);
    }
    return value;
  }

  /** A whole number of a range; text in the Query protocol. */
  optionalNumber(name: string, min: number, max: number): number | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isInteger(number)) return this.wrong(name, value, "Member must be a whole number");
    if (number < min)
      return this.wrong(name, value, `Member must have value greater than or equal to ${min}`);
    if (number > max) return this.wrong(name, value, `Member must have value less than or equal to ${max}`);
    return number;
  }

  number(name: string, min: number, max: number): number {
    return this.optionalNumber(name, min, max) ?? this.missing(name);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    return this.wrong(name, value, "Member must be true or false");
  }

  boolean(name: string): boolean {
    return this.optionalBoolean(name) ?? this.missing(name);
  }

  /** A list of texts. */
  texts(
    name: string,
    { max = Infinity, pattern }: { max?: number; pattern?: RegExp } = {},
  ): readonly string[] {
    const value = this.listed(name);
    if (value.length > max)
      return this.wrong(name, value, `Member must have length less than or equal to ${max}`);
    return value.map((one: unknown) => {
      if (typeof one !== "string" || (pattern && !pattern.test(one))) {
        return this.wrong(
          name,
          one,
          `Member must satisfy regular expression pattern: ${pattern?.source ?? ".*"}`,
        );
      }
      return one;
    });
  }

  /** A list of structures. */
  inputs(name: string, max = Infinity): readonly Input[] {
    const value = this.listed(name);
    if (value.length > max)
      return this.wrong(name, value, `Member must have length less than or equal to ${max}`);
    return value.map((one: unknown) => new Input(isFields(one) ? one : {}, this.service));
  }

  /** A structure. */
  optionalInput(name: string): Input | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    return isFields(value)
      ? new Input(value, this.service)
      : this.wrong(name, value, "Member must be a structure");
  }

  /** A map of lists of texts. */
  textLists(name: string): Readonly<Record<string, readonly string[]>> {
    const value = this.members[name] ?? {};
    if (!isFields(value)) return this.wrong(name, value, "Member must be a map");
    const inner = new Input(value, this.service);
    return Object.fromEntries(Object.keys(value).map((key) => [key, inner.texts(key)]));
  }

  /** In the Query protocol an empty list is an empty text. Source: Smithy, AWS query protocol. */
  private listed(name: string): readonly unknown[] {
    const value = this.members[name] ?? [];
    if (value === "") return [];
    return Array.isArray(value) ? value : this.wrong(name, value, "Member must be a list");
  }

  private missing(name: string): never {
    return this.wrong(name, null, "Member must not be null");
  }

  private wrong(name: string, value: unknown, rule: string): never {
    const message = `1 validation error detected: Value '${String(value)}' at '${camel(name)}' failed to satisfy constraint: ${rule}`;
    if (this.service === "ssm" || this.service === "events")
      throw new ServiceError("ValidationException", message);
    if (this.service === "ec2") throw new ServiceError("InvalidParameterValue", message);
    if (this.service === "sns") throw new ServiceError("InvalidParameter", message);
    throw validationError(message);
  }
}

/** Rules for a text. */
export interface TextRules {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

/** A page of a list, and the token of the next page. */
export function page<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  invalid: string,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(token)?.[1] ?? NaN);
  if (Number.isNaN(from)) throw new ServiceError(invalid, "The NextToken value is not valid.");
  const end = from + size;
  return { items: all.slice(from, end), next: end < all.length ? `page-${end}` : undefined };
}

function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
