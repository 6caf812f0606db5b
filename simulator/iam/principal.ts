import { list, type Statement } from "./policy";

/**
 * The statements of a resource's policy that concern a principal of the resource's own account. Within an account a
 * grant of the resource's policy is as good as a grant of the principal's own policies, and a denial of either wins.
 * Where a policy denies, the account itself stands for all its principals; where a policy allows, the account leaves
 * the decision to their own policies. Source: IAM, Policy evaluation logic for requests within a single account; AWS
 * JSON policy elements: Principal.
 */
export function statementsFor(
  statements: readonly Statement[],
  principal: string,
  account: string,
): Statement[] {
  return statements.filter(({ Effect, NotPrincipal, Principal }) => {
    if (NotPrincipal !== undefined) return !names(NotPrincipal, principal);
    return names(Principal, principal) || (Effect === "Deny" && namesAccount(Principal, account));
  });
}

function names(element: unknown, principal: string): boolean {
  return principalsIn(element).some((one) => one === "*" || one === principal);
}

function namesAccount(element: unknown, account: string): boolean {
  return principalsIn(element).some((one) => one === account || one.endsWith(`:iam::${account}:root`));
}

/** Principals of the kind AWS; services and other kinds do not publish here. */
function principalsIn(element: unknown): readonly string[] {
  if (element === "*") return ["*"];
  if (typeof element !== "object" || element === null || !("AWS" in element)) return [];
  return list(element.AWS as string | readonly string[]);
}
