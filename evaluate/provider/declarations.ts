import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** A property of an answer, with the text of its type. */
export interface Property {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

/** The types of a provider's package, as its declaration files give them. */
export interface Declarations {
  /** Properties of the answer of a look-up. */
  readonly answer: readonly Property[];
  /** Properties of a type that an answer refers to, as in `outputs.ec2.GetVpcFilter`. */
  nested(reference: string): readonly Property[];
}

/**
 * Finds the declared answer of a look-up, as in `aws:ec2/getVpc:getVpc`, in the package that a program has installed; undefined
 * where the program has no such package or the package no such look-up.
 */
export function declarationsOf(token: string, folder: string): Declarations | undefined {
  const [provider = "", module = "", name = ""] = token.split(":");
  const root = packageFolder(`@pulumi/${provider}`, folder);
  if (root === undefined) return undefined;
  const file = path.join(root, `${module.replace(/^index\//, "")}.d.ts`);
  if (!existsSync(file)) return undefined;
  const answer = bodyOf(readFileSync(file, "utf8"), `export interface ${capital(name)}Result {`, "\n}");
  if (answer === undefined) return undefined;
  return {
    answer: propertiesIn(answer),
    nested: (reference) => nestedIn(path.join(root, "types/output.d.ts"), reference),
  };
}

function packageFolder(name: string, folder: string): string | undefined {
  try {
    return path.dirname(createRequire(path.join(folder, "package.json")).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function nestedIn(file: string, reference: string): readonly Property[] {
  if (!existsSync(file)) return [];
  const [, namespace = "", type = ""] = reference.split(".");
  const all = readFileSync(file, "utf8");
  const within = bodyOf(all, `export declare namespace ${namespace} {`, "\n}");
  const body = within && bodyOf(within, `\n    interface ${type} {`, "\n    }");
  return body === undefined ? [] : propertiesIn(body);
}

function bodyOf(text: string, opening: string, closing: string): string | undefined {
  const start = text.indexOf(opening);
  if (start < 0) return undefined;
  const from = start + opening.length;
  return text.slice(from, text.indexOf(closing, from));
}

/** Types that run over several lines are maps, whose answer may be empty. */
function propertiesIn(body: string): readonly Property[] {
  return [...body.matchAll(/^ +(?:readonly )?(\w+)(\??): (.+?);?$/gm)].map(
    ([, name = "", mark = "", type = ""]) => ({ name, type, isOptional: mark === "?" }),
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
