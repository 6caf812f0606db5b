import type { Context } from "../context";
import { ServiceError } from "../errors";
import type { World } from "../world";
import { page } from "./input";
import type { Operation } from "./operation";

/** Calls of SSM about documents that the simulator answers. */
export function documentOperations(
  { account: { id, partition, region } }: Context,
  { documents }: World,
): Readonly<Record<string, Operation>> {
  return {
    GetDocument: {
      requests: (input) => [
        {
          action: "ssm:GetDocument",
          resource: `arn:${partition}:ssm:${region}:${id}:document/${input.text("Name")}`,
        },
      ],
      perform: (input) => {
        const name = input.text("Name");
        const content = documents.get(name);
        if (content === undefined)
          throw new ServiceError("InvalidDocument", `Document with name ${name} does not exist.`);
        return {
          Name: name,
          Content: content,
          DocumentVersion: "1",
          Status: "Active",
          DocumentType: "Command",
          DocumentFormat: "JSON",
        };
      },
    },

    ListDocuments: {
      requests: () => [{ action: "ssm:ListDocuments", resource: "*" }],
      perform: (input) => {
        // All documents are the account's own, and run commands.
        const size = input.optionalNumber("MaxResults", 1, 50) ?? 10;
        const token = input.optionalText("NextToken");
        const { items, next } = page([...documents.keys()], size, token, "InvalidNextToken");
        return {
          DocumentIdentifiers: items.map((name) => ({
            Name: name,
            Owner: id,
            DocumentVersion: "1",
            DocumentType: "Command",
          })),
          NextToken: next,
        };
      },
    },
  };
}
