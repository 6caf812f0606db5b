import { Analyzer, type AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as path from "node:path";
import packageJson from "../package.json";

/** The components, by name. */
export const components = ["GracefulAutoScalingGroup", "GracefulLifecycle", "LifecycleHandler"];

/** What Pulumi's own analyzer finds in the types of the components: what other languages get. */
export function analyze(root: string): AnalyzeResult {
  const entry = { ...packageJson, main: "index.ts" };
  return new Analyzer(path.join(root, "components"), packageJson.name, entry, new Set(components)).analyze();
}
