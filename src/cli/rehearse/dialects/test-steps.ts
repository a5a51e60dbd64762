import type { Json, JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { TestSpec } from '../../../manifests/test-kind.ts';
import { chooseOther } from '../choose.ts';
import { clockAt } from '../clock.ts';
import { rehearsalCluster } from '../cluster.ts';
import { documentsIn } from '../given.ts';
import { rehearsal, type Step } from '../rehearse.ts';
import { type Rules, rulesOf } from '../rules.ts';
import { fromFolder, type Suite } from '../test-file.ts';

interface Around {
  readonly suite: Suite;
  readonly rules: Rules;
  /** Where paths of files start. */
  readonly folder: string;
  readonly now: number;
}

/** What comes of the events of a test for rules of other systems. Throws as `chooseRule` and `givenFor` do. */
export async function otherSteps(
  given: TestSpec['given'],
  existing: readonly KubeObject[] | undefined,
  { suite, rules, folder, now }: Around,
): Promise<Step[]> {
  const { givenFor, headersFrom } = await import('./given.ts');
  // A test that says what is there says where Services are.
  const known = existing ? await rulesOf(suite.rules, { assumesServices: false }) : rules;
  const how = { where: suite.rules.join(', '), byName: '`rule: KIND:NAME` in the test' };
  const context = { clock: clockAt(now), knowsCluster: existing !== undefined };
  const steps: Step[] = [];
  for (const [index, one] of given.entries()) {
    const { file, trigger } = chooseOther(known, one, how);
    const kube = rehearsalCluster({ existing, namespace: file.namespace });
    const take = rehearsal(file.ready(trigger), { ...context, kube });
    for (const value of valuesOf(one, folder, index))
      steps.push(
        await take(givenFor(file.name, value, headersFrom(one.header), { now, from: `given[${index}]`, id: `given-${index + 1}` })),
      );
  }
  return steps;
}

function valuesOf({ file, event, body }: TestSpec['given'][number], folder: string, index: number): readonly Json[] {
  if (file !== undefined) return documentsIn(fromFolder(folder, file)).values;
  if (event === undefined) return [{ body: (body ?? '') as Json }];
  return [{ specversion: '1.0', id: `given-${index + 1}`, source: '/given', ...(event as JsonObject) }];
}
