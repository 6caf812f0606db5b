import { GetDocumentCommand, paginateListDocuments, type GetDocumentResult } from "@aws-sdk/client-ssm";
import type { Resource } from "../../../../policy/stack/resource";
import { found, type Look, type Reads } from "./reads";
import { resource } from "./resource";

/** A document by its name. */
export function readDocument({ account, look }: Reads, name: string): Promise<Look<GetDocumentResult>> {
  return look({
    what: "documents",
    action: "ssm:GetDocument",
    key: name,
    make: () => account.clients.ssm.send(new GetDocumentCommand({ Name: name })),
  });
}

/** Names of the account's own command documents. */
export async function readDocumentNames({ account, look }: Reads): Promise<ReadonlySet<string>> {
  const names = await look({
    what: "documents that hooks of others name",
    action: "ssm:ListDocuments",
    key: "",
    make: async () => {
      const pages = paginateListDocuments(
        { client: account.clients.ssm, pageSize: 50 },
        {
          Filters: [
            { Key: "Owner", Values: ["Self"] },
            { Key: "DocumentType", Values: ["Command"] },
          ],
        },
      );
      const all = new Set<string>();
      for await (const { DocumentIdentifiers = [] } of pages)
        for (const { Name } of DocumentIdentifiers) if (Name !== undefined) all.add(Name);
      return all;
    },
  });
  return found(names) ?? new Set();
}

/** A document as a program would give it. */
export function documentResource({ Content, Name: name = "" }: GetDocumentResult): Resource {
  return resource("document", name, name, { name, content: Content });
}
