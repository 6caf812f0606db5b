import type { Activity, Group, Instance } from "../../autoScaling/model";
import type { AutoScaling } from "../../autoScaling/service";
import { page } from "../input";
import type { Operation, Output } from "../operation";
import { groupName, groupOf } from "./find";
import { onAll } from "./permissions";

/** Calls that list scaling activities. */
export function activityOperations(service: AutoScaling): Readonly<Record<string, Operation>> {
  return {
    DescribeScalingActivities: {
      requests: onAll("DescribeScalingActivities"),
      perform: (input) => {
        const group = groupOf(service, input.text("AutoScalingGroupName", groupName));
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 100;
        const newest = [...group.activities].reverse();
        const { items, next } = page(newest, size, input.optionalText("NextToken"), "InvalidNextToken");
        return { Activities: items.map((activity) => describeActivity(group, activity)), NextToken: next };
      },
    },
  };
}

/** An activity in the form of answers. */
export function describeActivity({ settings }: Group, activity: Activity): Output {
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: settings.name,
    AutoScalingGroupARN: settings.arn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startTime),
    EndTime: activity.endTime === undefined ? undefined : new Date(activity.endTime),
    StatusCode: activity.statusCode,
    StatusMessage: activity.statusMessage === "" ? undefined : activity.statusMessage,
    Progress: activity.progress,
  };
}

/** The activity that a request starts a moment later. */
export function pendingActivity(instance: Instance): Activity {
  return {
    id: instance.id,
    instance: instance.id,
    description: `Terminating EC2 instance: ${instance.id}`,
    cause: `instance ${instance.id} was taken out of service in response to a user request.`,
    startTime: 0,
    endTime: undefined,
    statusCode: "InProgress",
    statusMessage: "",
    progress: 0,
  };
}
