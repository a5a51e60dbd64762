import type { Kube } from '../../../src/core/kube/kube.ts';
import { pipelineRuns } from '../../support/kinds.ts';
import type { Ground } from './ground.ts';

/** A listener of Tekton's that starts a PipelineRun with the number of each call. */
export const runForEachCall = `
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: builds}
spec:
  triggers:
    - name: push
      bindings: [{name: n, value: $(body.n)}]
      template:
        spec:
          params: [{name: n}]
          resourcetemplates:
            - apiVersion: tekton.dev/v1
              kind: PipelineRun
              metadata: {generateName: build-}
              spec:
                pipelineRef: {name: build}
                params: [{name: n, value: $(tt.params.n)}]
`;

/** Writes into the ledger which PipelineRuns there are. */
export async function lookAtRuns(ground: Ground, kube: Kube, namespace: string): Promise<void> {
  const { items } = await kube.list(pipelineRuns, { namespace });
  for (const { metadata, spec } of items) {
    const { params } = spec as { params: [{ value: string }] };
    ground.ledger.found(params[0].value, String(metadata.uid));
  }
}
