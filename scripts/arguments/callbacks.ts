import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

/** Descriptions of the callbacks of one interface, by name. */
export type Callbacks = Readonly<Record<string, string>>;

/** Finds the members of interfaces that are written as methods, which Pulumi's analyzer passes over. */
export function readCallbacks(folder: string): Readonly<Record<string, Callbacks>> {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const interfaces = files.flatMap((file) =>
    ts
      .createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)
      .statements.filter((statement) => ts.isInterfaceDeclaration(statement)),
  );
  const byName = new Map(interfaces.map((one) => [one.name.text, one]));
  return Object.fromEntries(interfaces.map((one) => [one.name.text, callbacksOf(one, byName)]));
}

/** The callbacks of an interface and of those that it extends. */
function callbacksOf(
  { heritageClauses, members }: ts.InterfaceDeclaration,
  byName: ReadonlyMap<string, ts.InterfaceDeclaration>,
): Callbacks {
  const extended = [...(heritageClauses ?? [])]
    .flatMap(({ types }) => [...types])
    .flatMap(({ expression }) => byName.get(expression.getText()) ?? [])
    .map((one) => callbacksOf(one, byName));
  const own = members.filter(ts.isMethodSignature);
  return Object.assign(
    {},
    ...extended,
    Object.fromEntries(own.map((member) => [member.name.getText(), descriptionOf(member)])),
  ) as Callbacks;
}

function descriptionOf(member: ts.MethodSignature): string {
  const comments = ts.getJSDocCommentsAndTags(member).map(({ comment }) => ts.getTextOfJSDocComment(comment));
  return comments.join(" ");
}
