import { found } from "../read/reads";
import { someOf, type Check } from "./finding";

/** IAM says what the role of a handler may not do for this group. */
export const handlerHasPermission: Check = ({ denials, functions, name }) =>
  functions
    .filter(({ isHandler }) => isHandler)
    .flatMap(({ configuration, name: handler }) => {
      const role = found(configuration)?.Role;
      const all = (found(denials) ?? []).filter((one) => one.role === role);
      if (all.length === 0) return [];
      return [
        {
          rule: "handler-has-permission",
          severity: "high",
          subject: `Group "${name}"`,
          what: `the role of the handler ${handler}`,
          actual: `denied ${someOf(all.map(({ action, resource }) => `${action} on ${resource}`))}`,
          allowed: "allowed every call of a drain",
          cure: "Deploy the stack of the handler again, and look for a permissions boundary or a service control policy that denies the call.",
        },
      ];
    });
