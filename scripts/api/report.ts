import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import * as path from "node:path";
import { root } from "./schema";

/** The entry points of the package, by the names of their reports. */
export const entryPoints = {
  components: "dist/components/index.d.ts",
  policy: "dist/policy/index.d.ts",
} as const;

/**
 * Compares the report of an entry point's declarations with the report that is checked in.
 * @param update - writes the report that is checked in, where it differs
 * @returns what is wrong with the declarations or the report; empty if nothing is
 */
export function checkReport(
  name: keyof typeof entryPoints,
  { update }: { readonly update: boolean },
): string[] {
  const wrong: string[] = [];
  const { apiReportChanged } = Extractor.invoke(configFor(name), {
    localBuild: update,
    messageCallback: (message) => {
      message.handled = true;
      const isWrong =
        message.logLevel === ExtractorLogLevel.Warning || message.logLevel === ExtractorLogLevel.Error;
      if (isWrong && !message.messageId.startsWith("console-"))
        wrong.push(message.formatMessageWithLocation(root));
    },
  });
  if (apiReportChanged && !update) {
    wrong.push(
      `api/${name}.api.md is not what the declarations say. If the change is meant, run npm run api.`,
    );
  }
  return wrong;
}

function configFor(name: keyof typeof entryPoints): ExtractorConfig {
  const warning = { logLevel: ExtractorLogLevel.Warning };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: path.join(root, entryPoints[name]),
      compiler: {
        overrideTsconfig: {
          extends: "./tsconfig.json",
          compilerOptions: { types: ["node"] },
          files: [entryPoints[name]],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: path.join(root, "api"),
        reportTempFolder: path.join(root, "node_modules/.cache/graceful-asg/api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: warning },
        extractorMessageReporting: {
          default: warning,
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: warning },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, "package.json"),
  });
}
