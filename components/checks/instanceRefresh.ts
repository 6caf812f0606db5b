import type { Violation } from "../../timing";
import type { GracefulAutoScalingGroupArgs } from "../arguments";
import { known } from "./known";
import type { ArgumentCheck } from "./refuse";

/** The arguments that an instance refresh depends on. */
export interface InstanceRefreshGiven {
  readonly args: Pick<
    GracefulAutoScalingGroupArgs,
    "instance" | "instanceRefresh" | "launchTemplate" | "mixedInstances"
  >;
}

/** Checks of instance refreshes. Outputs are checked when they are known. */
export const instanceRefreshChecks = {
  refreshVersion: ({ args }) =>
    args.instanceRefresh === undefined ? [] : templateVersions(args).flatMap(numbered),
  autoRollback: ({ args: { instance, instanceRefresh } }) => {
    const autoRollback = known(known(known(instanceRefresh)?.preferences)?.autoRollback);
    const isLookedUp =
      instance !== undefined &&
      (instance.imageId === undefined || known(instance.imageId)?.startsWith("resolve:ssm:"));
    return autoRollback === true && isLookedUp
      ? [
          {
            argument: "instanceRefresh.preferences.autoRollback",
            value: true,
            allowed:
              "false with an image that EC2 looks up at each launch (resolve:ssm), as the default image is: there is no way back to the image before",
            cure: "Give the id of an image as instance.imageId, or leave autoRollback out.",
          },
        ]
      : [];
  },
} satisfies Record<string, ArgumentCheck<InstanceRefreshGiven>>;

/** A version of a launch template, and the argument that gives it. */
interface TemplateVersion {
  readonly argument: string;
  /** Undefined where no version is given, which means $Default. */
  readonly version: string | undefined;
}

/**
 * The known versions of all launch templates that are given to a group. Our own template has the number of its latest
 * version.
 */
function templateVersions({
  launchTemplate,
  mixedInstances,
}: InstanceRefreshGiven["args"]): TemplateVersion[] {
  const found: TemplateVersion[] = [];
  const look = (argument: string, { version }: { version?: unknown }) => {
    if (version === undefined || typeof version === "string") found.push({ argument, version });
  };
  if (launchTemplate !== undefined) look("launchTemplate.version", launchTemplate);
  for (const [index, override] of (known(mixedInstances?.overrides) ?? []).entries()) {
    const specification = known(known(override)?.launchTemplateSpecification);
    if (specification !== undefined) {
      look(`mixedInstances.overrides[${index}].launchTemplateSpecification.version`, specification);
    }
  }
  return found;
}

function numbered({ argument, version }: TemplateVersion): Violation[] {
  if (version !== undefined && /^[1-9]\d*$/.test(version)) return [];
  return [
    {
      argument,
      value: version,
      allowed:
        "a number along with instanceRefresh: a group that names $Default or $Latest does not change with its template, so nothing is refreshed or rolled back",
      cure: "Give template.latestVersion.apply(String).",
    },
  ];
}
