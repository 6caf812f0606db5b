/** Architectures for which Amazon Linux has images. */
export type Architecture = "arm64" | "x86_64";

/** An instance type that every Region has. */
export const defaultInstanceType = "t4g.small";

/**
 * Architecture of an instance type. Families with a g after their generation have Graviton processors, and so has the
 * first such family, a1; families with Grace Blackwell superchips are ARM too. Source: EC2, DescribeInstanceTypes.
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*|[a-z]+\d+[a-z]*-gb\d+)\./.test(instanceType) ? "arm64" : "x86_64";
}
