import { read } from '../../../src/core/schema/read.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { showPath } from '../../../src/manifests/document.ts';
import { kindOf } from '../../../src/manifests/kinds.ts';
import type { Adapter, Answer, Case } from '../adapter.ts';

/** Fields that Tekton names as Go does, or by what is above them. */
const spelled = (path: string): string =>
  path
    .replaceAll(/\bapiversion\b/gi, 'apiversion')
    .replace('.interceptor.webhook', '.webhook')
    .replace(/\.interceptor$/, '');

/** Whether one of our errors is about the place that Tekton names, or about what it is in. */
function isThere(expected: unknown, got: unknown): boolean {
  const ours = (got as readonly string[]).map(spelled);
  if (expected === null) return ours.length === 0;
  if (ours.length === 0) return false;
  const theirs = placesIn(String(expected)).map(spelled);
  return (
    theirs.length === 0 ||
    theirs.some((place) =>
      ours.some(
        (one) =>
          place === one ||
          place.startsWith(`${one}.`) ||
          place.startsWith(`${one}[`) ||
          one.startsWith(`${place}.`) ||
          one.startsWith(`${place}[`),
      ),
    )
  );
}

const placesIn = (text: string): string[] => text.match(/\b(?:spec|metadata)(?:\.[\w-]+|\[\d+\])*/g) ?? [];

export const tektonValidation: Adapter = {
  compare: { wantError: isThere },
  run({ object }): Answer {
    const { findings = [] } = checkRule(object) ?? {};
    return { wantError: findings.filter(({ severity }) => severity === 'error').map(({ path }) => showPath(path)) };
  },
};

/** The old form in today's, as the kind reads it. What is not in the file is not shown: the namespace, which is `default` when left out. */
export const tektonUpgrade: Adapter = {
  expected: ({ wantUpgraded }) => ({ wantUpgraded }),
  run({ object }: Case): Answer {
    const kind = kindOf(object)!;
    const { value } = read(kind.schema, kind.upgrade?.(object).object ?? object);
    return { wantUpgraded: { ...(value as Case), metadata: object.metadata } };
  },
};
