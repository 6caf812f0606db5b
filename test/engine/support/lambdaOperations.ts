/** Operations of Lambda by method and path; the version of the API in front of the path is left out. */
const operations: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ["POST", /^functions$/, "CreateFunction"],
  ["GET", /^functions\/[^/]+$/, "GetFunction"],
  ["DELETE", /^functions\/[^/]+$/, "DeleteFunction"],
  ["PUT", /^functions\/[^/]+\/code$/, "UpdateFunctionCode"],
  ["PUT", /^functions\/[^/]+\/configuration$/, "UpdateFunctionConfiguration"],
  ["GET", /^functions\/[^/]+\/configuration$/, "GetFunctionConfiguration"],
  ["GET", /^functions\/[^/]+\/versions$/, "ListVersionsByFunction"],
  ["GET", /^functions\/[^/]+\/policy$/, "GetPolicy"],
  ["POST", /^functions\/[^/]+\/policy$/, "AddPermission"],
  ["DELETE", /^functions\/[^/]+\/policy\/[^/]+$/, "RemovePermission"],
  ["PUT", /^functions\/[^/]+\/concurrency$/, "PutFunctionConcurrency"],
  ["DELETE", /^functions\/[^/]+\/concurrency$/, "DeleteFunctionConcurrency"],
  ["GET", /^functions\/[^/]+\/code-signing-config$/, "GetFunctionCodeSigningConfig"],
  ["PUT", /^functions\/[^/]+\/event-invoke-config$/, "PutFunctionEventInvokeConfig"],
  ["GET", /^functions\/[^/]+\/event-invoke-config$/, "GetFunctionEventInvokeConfig"],
  ["DELETE", /^functions\/[^/]+\/event-invoke-config$/, "DeleteFunctionEventInvokeConfig"],
  ["POST", /^tags\/[^/]+$/, "TagResource"],
  ["DELETE", /^tags\/[^/]+$/, "UntagResource"],
];

/** Lambda's operation behind a request, as in `GET /2015-03-31/functions/web`. */
export function lambdaOperation(request: string): { readonly operation: string; readonly name: string } {
  const [method = "", url = ""] = request.split(" ");
  const path = url.replace(/\?.*$/, "").replace(/^\/[\d-]+\//, "");
  const [, , operation] =
    operations.find(([itsMethod, itsPath]) => itsMethod === method && itsPath.test(path)) ?? [];
  if (operation === undefined) throw new Error(`${request} is no known operation of Lambda`);
  return { operation, name: path.split("/")[1] ?? "" };
}
