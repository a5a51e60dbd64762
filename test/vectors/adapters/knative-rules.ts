import type { Finding } from '../../../src/core/errors/finding.ts';
import { fromUnknown } from '../../../src/core/errors/from-unknown.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { compileJsonata } from '../../../src/core/jsonata/index.ts';
import { bound } from '../../../src/dialects/knative/advice/bind.ts';
import { answerTo } from '../../../src/dialects/knative/eventtransform/index.ts';
import { knativeKinds } from '../../../src/dialects/knative/kinds/index.ts';
import { Rules } from '../../../src/dialects/knative/rules.ts';
import { addressIn } from '../../../src/dialects/knative/sinks/address.ts';
import { placeOf } from '../../../src/dialects/knative/sinks/place.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Adapter, attempt, type Case } from '../adapter.ts';

/** A destination where no rule is loaded, so that all is asked of the API server. */
export const sinks: Adapter = {
  compare: { wantError: 'failed' },
  async run({ destination, objects }) {
    const kube = memoryKube();
    for (const object of objects) kube.put(object);
    const place = placeOf(destination, 'ns', new Rules([]));
    const { value, error } = await attempt(async () => {
      if (place.kind === 'nowhere') throw new Error(place.problem);
      if (place.kind === 'url' || place.kind === 'listener') return place.url;
      if (place.kind !== 'object') throw new Error(`not asked of the API: ${place.kind}`);
      return addressIn(place, { kube, signal: new AbortController().signal });
    });
    return { wantUrl: value, wantError: error };
  },
};

export const sinkBinding: Adapter = {
  run: ({ podSpec, sinkUrl, caCerts, ceOverrides }) => ({
    wantPodSpec: bound(podSpec, { sink: sinkUrl, caCerts: caCerts ?? undefined, overrides: ceOverrides ?? undefined }),
  }),
};

export const eventTransform: Adapter = {
  compare: { wantError: 'failed' },
  async run({ event, expression }) {
    try {
      const { contentType, body } = await answerTo(event, compileJsonata(expression));
      return { wantStatus: 200, wantContentType: contentType, wantBody: body };
    } catch (thrown) {
      return { wantStatus: 500, wantError: fromUnknown(thrown).message };
    }
  },
};

/** That it is refused, and which field is named: the words are ours. */
export const knativeValidation: Adapter = {
  compare: { wantErrors: (expected, got) => meets(expected as Case[], got as string[]) },
  run({ kind, spec, metadata = {} }) {
    const { group, version } = knativeKinds.find((one) => one.kind === kind)!;
    const object = {
      apiVersion: `${group}/${version}`,
      kind,
      metadata: { name: 'x', namespace: 'ns', ...metadata },
      spec,
    };
    const { findings = [] } = checkRule(object as unknown as JsonObject) ?? {};
    return { wantErrors: findings.filter(({ severity }) => severity === 'error').map(pathOf) };
  },
};

/** `spec.filters.0.exact.0invalid`. */
const pathOf = ({ path }: Finding): string => path.join('.');

function meets(expected: readonly Case[], got: readonly string[]): boolean {
  if (expected.length === 0 || got.length === 0) return expected.length === got.length;
  const plain = (path: string): string => path.replace(/\[([^\]]*)\]/g, '.$1');
  const wanted = expected.flatMap(({ paths }) => paths as string[]).map(plain);
  // A field that is missing is named by Knative, or the block that should have it.
  return (
    wanted.length === 0 ||
    got.some((path) => wanted.some((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`)))
  );
}
