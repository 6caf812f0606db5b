import { PolicyPack } from "@pulumi/policy";
import { gracefulPolicies } from "./gracefulPolicies";

// The constructor starts a server, and a process takes only one: nothing else may be in this file.
new PolicyPack("graceful-asg", { policies: gracefulPolicies() });
