import {
  paginateDescribeScalingActivities,
  type Activity,
  type DescribeScalingActivitiesType,
} from "@aws-sdk/client-auto-scaling";
import { nameOf } from "../../../../handler/aws/errors";
import type { Account } from "../../account";
import type { ActivityFacts } from "../facts";
import type { Sources } from "./sources";

/** Most activities in an answer. Source: Auto Scaling API, DescribeScalingActivities. */
const activitiesAtOnce = 100;

/** Most pages that are read: 20,000 activities. */
const mostPages = 200;

/**
 * The activities that name an instance, oldest first: of a group, or, without a group, of the group of the newest
 * activity in the Region that names the instance.
 */
export async function readActivities(
  account: Account,
  sources: Sources,
  instance: string,
  group: string | undefined,
): Promise<readonly ActivityFacts[]> {
  const found = await sources.read("Scaling activities are missing", async () => {
    const itsGroup = group ?? (await search(account, sources, instance));
    if (itsGroup === undefined) return [];
    try {
      return await allOf(account, sources, instance, itsGroup);
    } catch (error) {
      // A group of that name is not there, and never was.
      if (nameOf(error) === "ValidationError") return [];
      throw error;
    }
  });
  return found ?? [];
}

/** The group of the newest activity that names an instance. */
async function search(account: Account, sources: Sources, instance: string): Promise<string | undefined> {
  for await (const { activities, isLast } of pagesOf(account, {})) {
    const own = activities.find((one) => names(one, instance));
    if (own !== undefined) return own.AutoScalingGroupName;
    if (isLast) sources.note(tooMany("the Region"));
  }
  return undefined;
}

/** All activities of an instance, to its launch. */
async function allOf(
  account: Account,
  sources: Sources,
  instance: string,
  group: string,
): Promise<ActivityFacts[]> {
  const found: ActivityFacts[] = [];
  for await (const { activities, isLast } of pagesOf(account, { AutoScalingGroupName: group })) {
    found.push(...activities.filter((one) => names(one, instance)).map(factsOf));
    // No activity of an instance is older than its launch; running activities come before all others.
    if (found.some(({ description }) => firstLaunch.test(description))) break;
    if (isLast) sources.note(tooMany(group));
  }
  return found.sort((one, other) => one.startedAt - other.startedAt);
}

const firstLaunch = /^Launching a new EC2 instance(?! from warm pool)/;

async function* pagesOf(
  { clients }: Account,
  input: DescribeScalingActivitiesType,
): AsyncGenerator<{ readonly activities: readonly Activity[]; readonly isLast: boolean }> {
  const pages = paginateDescribeScalingActivities(
    { client: clients.autoScaling, pageSize: activitiesAtOnce },
    { ...input, IncludeDeletedGroups: true },
  );
  let page = 0;
  for await (const { Activities = [], NextToken } of pages) {
    page += 1;
    yield { activities: Activities, isLast: page === mostPages && NextToken !== undefined };
    if (page === mostPages) return;
  }
}

function tooMany(what: string): string {
  return `Only the newest ${mostPages * activitiesAtOnce} scaling activities of ${what} were read.`;
}

/** Auto Scaling names the instance of an activity in the description. */
function names({ Description = "" }: Activity, instance: string): boolean {
  return new RegExp(`\\b${instance}\\b`).test(Description);
}

function factsOf(activity: Activity): ActivityFacts {
  const { ActivityId = "", AutoScalingGroupName = "", Cause = "", Description = "" } = activity;
  const { EndTime, StartTime, StatusCode = "", StatusMessage = "" } = activity;
  return {
    id: ActivityId,
    group: AutoScalingGroupName,
    description: Description,
    cause: Cause,
    startedAt: StartTime?.getTime() ?? 0,
    endedAt: EndTime?.getTime(),
    statusCode: StatusCode,
    statusMessage: StatusMessage,
  };
}
