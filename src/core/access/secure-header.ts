/** Headers whose values are in Secrets or ConfigMaps, as `http` and `kafka` triggers have them. */
import { z } from 'zod';
import type { Secrets } from './secrets.ts';
import { configMapKeySelector, secretKeySelector } from './selectors.ts';

export const secureHeaderSpec = z.strictObject({
  name: z.string().optional().describe('The name of the header.'),
  valueFrom: z
    .strictObject({
      secretKeyRef: secretKeySelector('The value').optional(),
      configMapKeyRef: configMapKeySelector('The value').optional(),
    })
    .optional()
    .describe('Where the value is read, each time that it is needed.'),
});

export type SecureHeaderSpec = z.output<typeof secureHeaderSpec>;

/** Undefined for a header that names no place. Rejects as `Secrets` does. */
export async function secureValue({ valueFrom }: SecureHeaderSpec, secrets: Secrets): Promise<string | undefined> {
  if (valueFrom?.secretKeyRef) return secrets.secret(valueFrom.secretKeyRef);
  return valueFrom?.configMapKeyRef && secrets.configMap(valueFrom.configMapKeyRef);
}

/** The same for people: where the value comes from, and never the value. */
export function shownSecureValue({ valueFrom }: SecureHeaderSpec): string {
  const [kind, ref] = valueFrom?.secretKeyRef ? ['Secret', valueFrom.secretKeyRef] : ['ConfigMap', valueFrom?.configMapKeyRef];
  return ref ? `<${ref.key} of the ${kind} ${ref.name}>` : '<nothing>';
}
