/**
 * Acts on Kubernetes objects: creates, updates, patches, applies or deletes one for each firing.
 *
 * What it acts on is decided after the parameters, and where that lives is asked from the API server. A firing that comes twice has
 * its effect once: what `create` makes bears the firing's id and a name made of it, and the other operations come to the same end.
 */
import type { Json } from '../../../src/core/json/json.ts';
import { nameOf } from '../../../src/core/kube/kube.ts';
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { load } from './live-object.ts';
import { act } from './operations.ts';
import { compile, type Ready, type Rendered, render } from './render.ts';
import { k8sSpec } from './spec.ts';

export const k8s = defineTrigger<'k8s', typeof k8sSpec, Ready, Rendered>({
  type: 'k8s',
  summary: 'Creates, updates, patches, applies or deletes a Kubernetes object.',
  stability: 'beta',
  obeys: 'k8s',
  spec: k8sSpec,
  examples: [
    {
      title: 'Create a ConfigMap for each event',
      spec: {
        operation: 'create',
        source: { resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'seen-' }, data: { name: '' } } },
        parameters: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'data.name' }],
      },
    },
    {
      title: 'Scale a Deployment by a JSON patch',
      spec: {
        operation: 'patch',
        patchStrategy: 'application/json-patch+json',
        source: {
          resource: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'web' },
            patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
          },
        },
      },
    },
  ],
  check,
  compile,
  load,
  render,
  renderPieces: render.pieces,
  describe: ({ operation, object, namespace }) => `${operation} ${nameOf(object, { name: object.metadata.name, namespace })}`,
  show: ({ operation, object }): Json => ({ operation, object }),
  fire: act,
});
