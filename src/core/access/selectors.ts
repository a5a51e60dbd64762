import { z } from 'zod';

/** `{name, key}` of a Secret in the rule's namespace. */
export const secretKeySelector = (what: string) =>
  z
    .strictObject({
      name: z.string().describe('The name of the Secret, in the namespace of the rule.'),
      key: z.string().describe('The key whose value is read.'),
      optional: z.boolean().optional().describe('Without effect, as in Argo.'),
    })
    .describe(`${what}, as a key of a Secret.`);

/** `{name, key}` of a ConfigMap in the rule's namespace. */
export const configMapKeySelector = (what: string) =>
  z
    .strictObject({
      name: z.string().describe('The name of the ConfigMap, in the namespace of the rule.'),
      key: z.string().describe('The key whose value is read.'),
      optional: z.boolean().optional().describe('Without effect, as in Argo.'),
    })
    .describe(`${what}, as a key of a ConfigMap.`);

export type KeySelector = z.output<ReturnType<typeof secretKeySelector>>;
