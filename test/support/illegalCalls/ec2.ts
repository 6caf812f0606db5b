import { nobody, type IllegalCall } from "./illegalCall";

/** Calls of EC2 that AWS refuses. */
export const ec2Calls = {
  "a tag for an instance that does not exist": {
    service: "ec2",
    action: "CreateTags",
    input: { ResourceId: [nobody], Tag: [{ Key: "team", Value: "web" }] },
    code: "InvalidInstanceID.NotFound",
  },
  "a tag to be deleted from an instance that does not exist": {
    service: "ec2",
    action: "DeleteTags",
    input: { ResourceId: [nobody], Tag: [{ Key: "team" }] },
    code: "InvalidInstanceID.NotFound",
  },
  "a list of instances with a filter that EC2 does not have": {
    service: "ec2",
    action: "DescribeInstanceStatus",
    input: { Filter: [{ Name: "event.cod", Value: ["instance-retirement"] }] },
    code: "InvalidParameterValue",
  },
  "more tags on a page than EC2 lists": {
    service: "ec2",
    action: "DescribeTags",
    input: { MaxResults: "1001" },
    code: "InvalidParameterValue",
  },
} as const satisfies Record<string, IllegalCall>;
