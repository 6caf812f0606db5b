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
  return Object.fromEntries(interfaces.map((one) => [one.name.text, callbacksOf(one)]));
}

function callbacksOf({ members }: ts.InterfaceDeclaration): Callbacks {
  return Object.fromEntries(
    members.filter(ts.isMethodSignature).map((member) => [member.name.getText(), descriptionOf(member)]),
  );
}

function descriptionOf(member: ts.MethodSignature): string {
  const comments = ts.getJSDocCommentsAndTags(member).map(({ comment }) => ts.getTextOfJSDocComment(comment));
  return comments.join(" ");
}
