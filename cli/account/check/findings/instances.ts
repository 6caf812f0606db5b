import { handlerTag } from "../../../../contract";
import { someOf, type Check } from "./finding";

/** The handler runs scripts by Run Command, which needs an agent that answers. */
export const agentIsOnline: Check = ({ agents, hooks, inService, name }) => {
  const runsScripts = hooks.some(({ reading }) => reading.kind === "instructions");
  if (agents.kind !== "found" || !runsScripts) return [];
  const silent = inService.filter((id) => agents.value.get(id) !== "Online");
  if (silent.length === 0) return [];
  const isNew = silent.every((id) => !agents.value.has(id));
  return [
    {
      rule: "agent-is-online",
      severity: "high",
      subject: `Group "${name}"`,
      what: "the number of instances in service whose SSM agent answers",
      actual: `${inService.length - silent.length} of ${inService.length} (not ${someOf(silent)})`,
      allowed: "all, as the handler reaches no other instance",
      cure: isNew
        ? "These agents never registered: give the instance profile AmazonSSMManagedInstanceCore, the subnets a way to the ssm and ssmmessages endpoints, and the image an agent that starts."
        : "Look whether the agents run and whether the subnets still have a way to the ssm and ssmmessages endpoints.",
    },
  ];
};

/** The handler's role reaches instances by their tag. A group that existed before may name a tag of its own. */
export const instanceHasHandlerTag: Check = ({ described, inService, instanceTags, name }) => {
  const tag = described.Tags?.find(({ Key }) => Key === handlerTag);
  if (tag?.Value === undefined || instanceTags.kind !== "found") return [];
  const without = inService.filter((id) => instanceTags.value.get(id) !== tag.Value);
  if (without.length === 0) return [];
  return [
    {
      rule: "instance-has-handler-tag",
      severity: "high",
      subject: `Group "${name}"`,
      what: `the number of instances in service with the tag ${handlerTag}=${tag.Value}`,
      actual: `${inService.length - without.length} of ${inService.length} (not ${someOf(without)})`,
      allowed: "all, as the handler's role reaches instances by this tag",
      cure: "Put the tag on these instances, and let the group propagate the tag at launch.",
    },
  ];
};
