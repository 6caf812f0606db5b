import { createRequire } from "node:module";
import { isFields } from "../contract";
import { AccountError } from "./accountError";

/** Groups of a stack in one Region. */
export interface StackPlace {
  readonly region: string | undefined;
  readonly groups: readonly string[];
}

/**
 * The groups of a stack of the current folder, by their Regions, as Pulumi's state names them.
 * @param otherwise Region of groups whose Region the state does not tell
 * @throws AccountError for a stack that there is not, or without groups
 */
export async function placesOfStack(stack: string, otherwise: string | undefined): Promise<StackPlace[]> {
  const byRegion = new Map<string | undefined, string[]>();
  for (const { name, region = otherwise } of groupsIn(await exported(stack)))
    byRegion.set(region, [...(byRegion.get(region) ?? []), name]);
  if (byRegion.size === 0)
    throw new AccountError(
      `--stack is ${JSON.stringify(stack)}, whose state has no Auto Scaling group. Deploy the stack, or name another.`,
    );
  return [...byRegion].map(([region, groups]) => ({ region, groups }));
}

async function exported(stack: string): Promise<unknown> {
  const { LocalWorkspace } = load();
  try {
    const selected = await LocalWorkspace.selectStack({ stackName: stack, workDir: process.cwd() });
    return (await selected.exportStack()).deployment as unknown;
  } catch (error) {
    throw new AccountError(
      `--stack is ${JSON.stringify(stack)}, which pulumi does not export: ${lastLine(error)} Check the name with pulumi stack ls in this folder.`,
    );
  }
}

/** Loads Pulumi's automation, which takes a second, only where it is needed. */
function load(): typeof import("@pulumi/pulumi/automation") {
  return createRequire(__filename)("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
}

/** What pulumi says, without what automation puts around it. */
function lastLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = message] = /(?<=error: ).*/.exec(message) ?? [];
  return line.endsWith(".") ? line : `${line}.`;
}

/** The groups of a state that the stack made; their ARN names their Region. */
function groupsIn(deployment: unknown): { readonly name: string; readonly region: string | undefined }[] {
  const resources: unknown = isFields(deployment) ? deployment["resources"] : undefined;
  if (!Array.isArray(resources)) return [];
  return resources.flatMap((one: unknown) => {
    if (!isFields(one) || one["type"] !== "aws:autoscaling/group:Group") return [];
    const { arn, name } = isFields(one["outputs"]) ? one["outputs"] : {};
    if (typeof name !== "string") return [];
    return [{ name, region: typeof arn === "string" ? arn.split(":")[3] : undefined }];
  });
}
