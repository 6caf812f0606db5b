import { ProjectError } from "./projectError";
import { isFields, type Fields } from "./fields";
import { readYaml } from "./yaml";

/** The configuration of a stack. */
export interface Configuration {
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Where the configuration of a stack comes from. */
export interface ConfigurationSource {
  readonly project: string;
  /** `config` of Pulumi.yaml. */
  readonly declared: unknown;
  readonly stack: string;
  /** File of the stack; undefined if there is none. */
  readonly stackFile: string | undefined;
  /** Configuration that overrides, by key. */
  readonly given: Readonly<Record<string, string>>;
}

/** Placeholder for a secret, which only the stack's passphrase or key can read. */
const placeholder = "[secret]";

/**
 * Reads the configuration of a stack as Pulumi does: the declarations of Pulumi.yaml, then the stack's file, then the
 * given values.
 * @throws ProjectError for a declared value that is missing or of the wrong type
 */
export function readConfiguration({
  declared,
  given,
  project,
  stack,
  stackFile,
}: ConfigurationSource): Configuration {
  const full = (key: string) => (key.includes(":") ? key : `${project}:${key}`);
  const declarations = new Map(
    Object.entries(isFields(declared) ? declared : {}).map(([key, value]) => [
      full(key),
      declarationOf(value),
    ]),
  );
  const file = stackFile === undefined ? {} : readYaml(stackFile);
  const ofStack = isFields(file["config"]) ? file["config"] : {};
  const values = new Map<string, unknown>([
    ...[...declarations].flatMap(([key, { value }]): [string, unknown][] =>
      value === undefined ? [] : [[key, value]],
    ),
    ...Object.entries(ofStack).map(([key, value]): [string, unknown] => [full(key), value]),
    ...Object.entries(given).map(([key, value]): [string, unknown] => [full(key), value]),
  ]);
  refuseWrong(declarations, values, stack);
  const secrets = [...values].filter(([, value]) => holdsSecret(value)).map(([key]) => key);
  const marked = [...declarations].filter(([, { isSecret }]) => isSecret).map(([key]) => key);
  return {
    config: Object.fromEntries([...values].map(([key, value]) => [key, toText(withoutSecrets(value))])),
    secretKeys: [...new Set([...secrets, ...marked])],
    notes: notesOn(stack, stackFile, secrets, file["environment"]),
  };
}

interface Declaration {
  readonly value: unknown;
  readonly type: unknown;
  readonly isSecret: boolean;
  /** Whether a stack has to give the value. */
  readonly isRequired: boolean;
}

/** A declaration is a value, or says the type, the default, the value. */
function declarationOf(declaration: unknown): Declaration {
  if (!isFields(declaration))
    return { value: declaration, type: undefined, isSecret: false, isRequired: false };
  const { secret, type } = declaration;
  const value = declaration["value"] ?? declaration["default"];
  return { value, type, isSecret: secret === true, isRequired: type !== undefined && value === undefined };
}

function refuseWrong(
  declarations: ReadonlyMap<string, Declaration>,
  values: ReadonlyMap<string, unknown>,
  stack: string,
): void {
  const missing = [...declarations].filter(([key, { isRequired }]) => isRequired && !values.has(key));
  const [first] = missing;
  if (first !== undefined) {
    const keys = missing.map(([key]) => key).join(", ");
    throw new ProjectError(
      `Stack ${stack} has no value for ${keys}. Set it with pulumi config set, or give --config ${first[0]}=VALUE.`,
    );
  }
  for (const [key, { type }] of declarations) {
    const value = values.get(key);
    if (value === undefined || holdsSecret(value) || isOfType(value, type)) continue;
    throw new ProjectError(
      `Stack ${stack} has ${toText(value)} for ${key}; Pulumi.yaml declares the type ${String(type)}. Correct one of them.`,
    );
  }
}

/** Text in a stack's file counts as the value that it reads as. */
function isOfType(value: unknown, type: unknown): boolean {
  const read = typeof value === "string" && type !== "string" ? jsonOf(value) : value;
  switch (type) {
    case "boolean":
      return typeof read === "boolean";
    case "integer":
      return Number.isInteger(read);
    case "number":
      return typeof read === "number";
    case "array":
      return Array.isArray(read);
    case "object":
      return isFields(read);
    case "string":
      return !isFields(read) && !Array.isArray(read);
    default:
      return true;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function notesOn(
  stack: string,
  stackFile: string | undefined,
  secrets: readonly string[],
  environments: unknown,
): string[] {
  return [
    ...(stackFile === undefined
      ? [`Stack ${stack} has no file of its own: the configuration is that of Pulumi.yaml.`]
      : []),
    ...(secrets.length > 0
      ? [
          `Secrets are not read: ${secrets.join(", ")} has the value ${placeholder}. Give others with --config.`,
        ]
      : []),
    ...(environments === undefined
      ? []
      : ["Environments of Pulumi ESC are not read. Give the values that they hold with --config."]),
  ];
}

function isSecret(value: unknown): boolean {
  return isFields(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isSecret(value) || (isFields(value) && Object.values(value).some(holdsSecret));
}

function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return placeholder;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isFields(value)) return value;
  const fields: Fields = value;
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, withoutSecrets(one)]));
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
