import type { Fields } from "../fields";
import type { Account } from "./createdState";
import { policyDocument } from "./policyDocument";
import { zones, zoneOf } from "./zones";

/** Answers a look-up whose answer follows from the account; undefined for all other look-ups. */
export function lookUp(
  { id, partition, region }: Account,
  token: string,
  inputs: Fields,
): Fields | undefined {
  switch (token) {
    case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
      return { ...inputs, id: region, ...offerings(region, inputs["locationType"]) };
    case "aws:ec2/getSubnet:getSubnet":
      return typeof inputs["id"] === "string" ? { ...inputs, ...zoneOf(region, inputs["id"]) } : undefined;
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { ...inputs, id: "policy", json: policyDocument(inputs), minifiedJson: policyDocument(inputs) };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return {
        ...inputs,
        id: region,
        names: zones(region).map(({ availabilityZone }) => availabilityZone),
        zoneIds: zones(region).map(({ availabilityZoneId }) => availabilityZoneId),
      };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: id, id, arn: `arn:${partition}:iam::${id}:root`, userId: id };
    case "aws:index/getPartition:getPartition":
      return { partition, id: partition, dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
    case "aws:index/getRegion:getRegion":
      return {
        id: region,
        name: region,
        region,
        endpoint: `ec2.${region}.amazonaws.com`,
        description: region,
      };
    default:
      return undefined;
  }
}

/** All zones offer all instance types. */
function offerings(region: string, locationType: unknown): Fields {
  switch (locationType) {
    case "availability-zone":
      return { locations: zones(region).map(({ availabilityZone }) => availabilityZone) };
    case "availability-zone-id":
      return { locations: zones(region).map(({ availabilityZoneId }) => availabilityZoneId) };
    default:
      return { locations: [region] };
  }
}
