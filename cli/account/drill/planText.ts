import colors from "picocolors";
import { columns, plural, timeText } from "../../terminal";
import { shutdownAllowance } from "../../../timing";
import { waitOf, type Plan } from "./plan";

/** What a drill is going to do, as people read it. */
export function planLines(plan: Plan, region: string): string[] {
  const { group, instances, risks, transition } = plan;
  const what = transition === "launch" ? "scale-out" : "scale-in";
  return [
    colors.bold(`A ${what} of ${plural(instances, "instance")} of ${group} (${region}), for real`),
    ...columns([
      ...changeRows(plan),
      ["takes", takes(plan)],
      ["costs", costs(plan)],
      ["AWS calls", calls(plan)],
      ...risks.map((risk, index) => [index === 0 ? "risks" : "", risk]),
    ]).map((line) => `  ${line}`),
  ];
}

function changeRows({ chosen, desired, inService, instances, lowerDesired, transition }: Plan): string[][] {
  if (transition === "launch")
    return [
      ["launches", `${plural(instances, "instance")}, beside the ${inService} in service`],
      ["desired", `${desired.before} becomes ${desired.after}, and stays so when the drill is over`],
    ];
  return [
    ...chosen.map((id, index) => [index === 0 ? "terminates" : "", id]),
    ["", `the oldest of ${plural(inService, "instance")} in service, healthy and not protected`],
    [
      "desired",
      lowerDesired
        ? `${desired.before} becomes ${desired.after}: nothing replaces ${instances === 1 ? "it" : "them"}`
        : `stays ${desired.before}: Auto Scaling launches ${plural(instances, "replacement")}`,
    ],
  ];
}

function takes({ hook, transition, whole }: Plan): string {
  const { deregistrationDelay, execution } = hook.instructions;
  const time = (seconds: number) => timeText(seconds * 1000);
  const most = `at most ${time(whole)}`;
  if (transition === "launch") return `${most}, of which the launch script may take ${time(execution)}`;
  const parts = [
    ...(deregistrationDelay > 0 ? [`${time(deregistrationDelay)} of deregistration`] : []),
    `up to ${time(waitOf(hook))} at ${hook.name}`,
    `up to ${time(shutdownAllowance)} until the machine is gone`,
  ];
  return `${most}: ${parts.join(", ")}`;
}

function costs({ instances, lowerDesired, transition, whole }: Plan): string {
  if (transition === "launch")
    return `${plural(instances, "instance-hour")} for each hour until somebody scales in again`;
  if (lowerDesired) return "nothing";
  const hours = (instances * whole) / 3600;
  return `at most ${hours < 10 ? hours.toFixed(1) : hours.toFixed(0)} instance-hours, while ${instances === 1 ? "the replacement runs beside the instance" : "the replacements run beside the instances"}`;
}

function calls({ chosen, transition }: Plan): string {
  const begin = transition === "launch" ? 1 : chosen.length;
  return `${begin} to begin, 2 to 5 every 5 s to watch, 2 of the handler for each instance`;
}
