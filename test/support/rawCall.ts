import { request } from "node:http";

/** The answer of a service to a call that no SDK has checked first. */
export interface RawAnswer {
  readonly status: number;
  /** Code of the error; empty for success. */
  readonly code: string;
  readonly message: string;
  readonly body: string;
}

/** Makes a call of the Query protocol (Auto Scaling, SNS, EC2) or the JSON protocol (SSM, EventBridge) by hand, with an access key. */
export function rawCall(
  url: string,
  accessKey: string,
  service: "autoscaling" | "ec2" | "events" | "ssm" | "sns",
  action: string,
  input: Readonly<Record<string, unknown>>,
): Promise<RawAnswer> {
  const target = jsonTargets[service];
  const isJson = target !== undefined;
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/us-east-1/${service}/aws4_request, Signature=0`;
  const headers = isJson ? { authorization, "x-amz-target": `${target}.${action}` } : { authorization };
  const body = isJson
    ? JSON.stringify(input)
    : new URLSearchParams({
        Action: action,
        ...flatten(input, service === "ec2" ? "" : ".member"),
      }).toString();
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          ...errorIn(text, isJson, answer.statusCode ?? 0),
          body: text,
        });
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

/** What the target of a call begins with, of the services that speak JSON. */
const jsonTargets: Readonly<Partial<Record<string, string>>> = { ssm: "AmazonSSM", events: "AWSEvents" };

/** Lists become `Name.member.1`, for EC2 `Name.1`. */
function flatten(input: Readonly<Record<string, unknown>>, member: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.flatMap((item: unknown, index) =>
            typeof item === "object" && item !== null
              ? Object.entries(flatten({ ...item }, member)).map(([inner, text]) => [
                  `${key}${member}.${index + 1}.${inner}`,
                  text,
                ])
              : [[`${key}${member}.${index + 1}`, String(item)]],
          )
        : [[key, String(value)]],
    ),
  );
}

function errorIn(text: string, isJson: boolean, status: number): { code: string; message: string } {
  if (status === 200) return { code: "", message: "" };
  if (isJson) {
    const { __type = "", message = "" } = JSON.parse(text) as { __type?: string; message?: string };
    return { code: __type, message };
  }
  return {
    code: /<Code>(.*?)<\/Code>/s.exec(text)?.[1] ?? "",
    message: /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? "",
  };
}
