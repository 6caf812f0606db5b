import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import packageJson from "../../../package.json";
import type { Dependencies, Kind } from "./kinds";
import { run, succeed, type Ran } from "./run";
import { nodeVersions, type NodeVersion, type Tools } from "./tools";

/** SDKs in the range that the package allows. */
export const sdks = ["oldest", "newest"] as const;
export type Sdk = (typeof sdks)[number];

/** Versions of Node.js that each SDK takes; from 3.250 on, `engines` of `@pulumi/pulumi` asks for 22. */
export const nodesOf: Readonly<Record<Sdk, readonly NodeVersion[]>> = {
  oldest: nodeVersions,
  newest: ["22", "24"],
};

/** A project whose packages are installed. */
export interface Installed {
  readonly kind: Kind;
  /** Where Pulumi.yaml is. */
  readonly folder: string;
  readonly seconds: number;
  /** Bytes in node_modules. */
  readonly size: number;
}

/** Results of a project with one version of Node.js. */
export interface Row {
  readonly preview: Ran;
  readonly rehearsal: Ran;
}

/** Makes a project, installs its packages and makes a stack. */
export async function install(tools: Tools, kind: Kind, sdk: Sdk): Promise<Installed> {
  const top = path.join(tools.folder, "projects", `${kind.name.replaceAll(/\W+/g, "-")}-${sdk}`);
  for (const [file, text] of Object.entries(kind.files(dependencies(tools, sdk)))) {
    mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
    writeFileSync(path.join(top, file), text);
  }
  const node = tools.withNode(nodesOf[sdk][0] ?? "22");
  const { seconds } = await succeed(top, kind.install(tools), node);
  const folder = path.join(top, kind.folder);
  await succeed(folder, ["pulumi", "stack", "init", sdk, "--non-interactive"], node);
  await succeed(folder, ["pulumi", "config", "set", "aws:region", "us-east-1"], node);
  return { kind, folder, seconds, size: await sizeOf(path.join(top, "node_modules")) };
}

/** Previews a project on the engine, with the policy pack, and rehearses it. */
export async function tryOut(
  tools: Tools,
  { folder, kind }: Installed,
  sdk: Sdk,
  version: NodeVersion,
): Promise<Row> {
  const node = tools.withNode(version);
  const pack = ["--policy-pack", "node_modules/graceful-asg/policy"];
  const options = ["--stack", sdk, "--color", "never", "--non-interactive"];
  const where = kind.folder === "." ? pack : ["--policy-pack", "../../node_modules/graceful-asg/policy"];
  const preview = await run(folder, ["pulumi", "preview", ...options, ...where], node);
  const rehearsal = await run(folder, [...kind.exec(tools), "graceful-asg", "rehearse", sdk, "--json"], node);
  return { preview, rehearsal };
}

/** Bytes on the disk. */
export async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await succeed(folder, ["du", "-sk", "."]);
  return 1024 * Number.parseInt(stdout, 10);
}

function dependencies({ tarball }: Tools, sdk: Sdk): Dependencies {
  const {
    "@pulumi/aws": aws,
    "@pulumi/policy": policy,
    "@pulumi/pulumi": pulumi,
  } = packageJson.peerDependencies;
  const exact = (range: string) => (sdk === "oldest" ? range.replace("^", "") : range);
  return {
    "@pulumi/aws": exact(aws),
    "@pulumi/policy": policy,
    "@pulumi/pulumi": exact(pulumi),
    "graceful-asg": `file:${tarball.file}`,
  };
}
