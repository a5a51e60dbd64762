import type { z } from 'zod';
import type { Finding } from '../errors/finding.ts';

/** A Kubernetes kind that Sensorium accepts in rule files and serves as a CustomResourceDefinition. Owned by the part that runs it. */
export interface Kind<Schema extends z.ZodType = z.ZodType> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly summary: string;
  /** The whole object, `metadata` and `status` left free. Strict: what it does not know is reported as a warning and left out. */
  readonly schema: Schema;
  /** What the schema cannot say; compiles everything that can be compiled. Paths start at the object's root. */
  check(object: z.output<Schema>): Finding[];
}

/** `metadata` as our kinds need it. */
export interface RuleMetadata {
  name: string;
  namespace: string;
  uid?: string;
  generation?: number;
  creationTimestamp?: string;
}
