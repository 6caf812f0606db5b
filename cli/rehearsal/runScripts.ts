import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptIn, stepNames } from "../../contract";
import { documentOf, noScript, type ScriptDocument } from "./document";
import { runStep } from "./localStep";
import { RehearsalError, servedHookOf, type Prepared } from "./rehearsal";

/**
 * Runs the very script text of a group's document in a local shell, in real time, with its markers, its home and its
 * working folder in a folder that is thrown away afterwards.
 * @returns the exit code, as the agent would report it
 */
export async function runScripts(rehearsal: Prepared): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  try {
    const home = path.join(folder, "home");
    mkdirSync(home);
    return await runStep(localText(rehearsal, folder, home), folder, home);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of the document with its parameters filled in, and with other folders in place of this machine's own. */
function localText(rehearsal: Prepared, folder: string, home: string): string {
  const hook = servedHookOf(rehearsal);
  const document = documentOf(rehearsal);
  if (hook === undefined || document === undefined) throw noScript(rehearsal);
  const parameters: Readonly<Record<string, string>> = {
    groupBase64: Buffer.from(rehearsal.groupName).toString("base64"),
    hook: hook.name,
    instance: "i-00000000000000000",
    action: "00000000-0000-4000-8000-000000000000",
    // This machine is not in the group: the guard does not ask its metadata service.
    meant: "yes",
  };
  return linuxTextOf(document)
    .replaceAll(/\{\{ ?(\w+) ?\}\}/g, (_, name: string) => parameters[name] ?? "")
    .replace(/^PLACES=.*$/m, `PLACES="${path.join(folder, "state")}"`)
    .replace(/^HOME=\S+$/m, `HOME=${home}`)
    .replace(/^cd \//m, `cd "$HOME"`);
}

function linuxTextOf({ steps }: ScriptDocument): string {
  const text = steps.find(({ name }) => name === stepNames.Linux)?.text;
  if (text === undefined || scriptIn(text) === undefined)
    throw new RehearsalError("The document has no script for Linux.");
  return text;
}
