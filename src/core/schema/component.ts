import type { z } from 'zod';

/** What every pluggable part says of itself: validation, CRDs, docs and `explain` are made from it. */
export interface Component<Type extends string, Spec extends z.ZodType> {
  /** The key in the YAML. */
  readonly type: Type;
  readonly summary: string;
  readonly stability: 'alpha' | 'beta' | 'stable';
  readonly spec: Spec;
  readonly examples: readonly Example[];
}

interface Example {
  readonly title: string;
  readonly spec: unknown;
}
