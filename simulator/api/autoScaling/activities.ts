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
        const name = input.optionalText("AutoScalingGroupName", groupName);
        input.optionalBoolean("IncludeDeletedGroups");
        const groups = name === undefined ? [...service.groups.values()] : [groupOf(service, name)];
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 100;
        const newest = groups
          .flatMap((group) => group.activities.map((activity) => ({ group, activity })))
          .reverse();
        // Without a name the activities of all groups are sorted by their start.
        if (groups.length > 1)
          newest.sort((one, other) => other.activity.startTime - one.activity.startTime);
        const { items, next } = page(newest, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          Activities: items.map(({ activity, group }) => describeActivity(group, activity)),
          NextToken: next,
        };
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
    // Whole seconds, unlike the start. Source: Auto Scaling User Guide, Verify a scaling activity.
    EndTime:
      activity.endTime === undefined ? undefined : new Date(Math.floor(activity.endTime / 1000) * 1000),
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
