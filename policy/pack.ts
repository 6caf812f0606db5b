import { PolicyPack } from "@pulumi/policy";
import { gracefulPolicies } from "./gracefulPolicies";
import { checkEachConfiguration } from "./packConfiguration";
import { rules } from "./rules";

checkEachConfiguration(rules);

// The constructor starts a server, and a process takes only one: nothing else may be in this file.
new PolicyPack("graceful-asg", { policies: gracefulPolicies() });
