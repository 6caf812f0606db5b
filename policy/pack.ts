import { gracefulPolicies } from "./gracefulPolicies";
import { checkEachConfiguration } from "./packConfiguration";
import { rules } from "./rules";

// The constructor starts a server, and a process can have only one server: nothing else may be in this file. We load
// the package late, because consumers who run no policies need not install it.
import("@pulumi/policy").then(
  ({ PolicyPack }) => {
    checkEachConfiguration(rules);
    return new PolicyPack("graceful-asg", { policies: gracefulPolicies() });
  },
  (error: unknown) => {
    if (!isMissing(error)) throw error;
    console.error("The policies of graceful-asg need the package @pulumi/policy: npm install @pulumi/policy");
    process.exit(1);
  },
);

/** Whether the package itself is missing, and not a package that it needs. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND") &&
    /^Cannot find (module|package) '@pulumi\/policy'/.test(error.message)
  );
}
