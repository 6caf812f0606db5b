import { by, edit, type Bug } from "../bug";

/** Mistakes in the check of what users hand over. */
export const argumentBugs: readonly Bug[] = [
  {
    name: "outputs allowed everywhere",
    edits: edit(
      "scripts/arguments/read.ts",
      '...(plain ? known : { if: { typeof: "symbol" }, else: known }),',
      'if: { typeof: "symbol" }, else: known,',
    ),
    caughtBy: by("arguments/several", "are all named at once, at every depth"),
  },
  {
    name: "callbacks unknown to the check",
    edits: edit(
      "scripts/arguments/callbacks.ts",
      "members.filter(ts.isMethodSignature)",
      "members.slice(0, 0)",
    ),
    caughtBy: by("components/schema", "are all known to the check of arguments"),
  },
  {
    name: "value of an unknown password shown",
    edits: edit("components/shape/check.ts", "/password|secret|token|key/i", "/pazzword/"),
    caughtBy: by("arguments/several", "are not shown where they may be secret"),
  },
  {
    name: "boundary that is null left out",
    edits: edit(
      "components/shape/withoutNulls.ts",
      '["permissionsBoundary", "rolePath", "kmsKeyArn"]',
      '["rolePath", "kmsKeyArn"]',
    ),
    caughtBy: by(
      "components/limits",
      "permissionsBoundary is refused in the preview if it would open the grant",
    ),
  },
  {
    name: "settings named as arguments",
    edits: edit("program/names.ts", '"terminate.timeout": "terminateTimeout",', ""),
    caughtBy: by("badInput", "is stopped by timeout before any resource is registered, in one clear line"),
  },
];
