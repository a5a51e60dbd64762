/**
 * Has a gRPC server of the author's own act on each firing, by Argo's contract: it fetches what to act on, gets it back with values from
 * the events in it, acts, and judges whether that was a success.
 *
 * The firing's id goes along as metadata (`idempotency-key`), since a firing may come twice.
 */
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { execute } from './execute.ts';
import { compile, type Ready, type Rendered, render } from './render.ts';
import { customSpec } from './spec.ts';

export const custom = defineTrigger<'custom', typeof customSpec, Ready, Rendered>({
  type: 'custom',
  summary: 'Has a gRPC server of your own act.',
  stability: 'beta',
  spec: customSpec,
  examples: [
    {
      title: 'Start a build by a server of your own',
      spec: {
        serverURL: 'builds.example.com:9000',
        secure: true,
        certSecret: { name: 'builds', key: 'ca.crt' },
        spec: { template: 'nightly' },
        parameters: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'metadata.name' }],
        payload: [{ src: { dependencyName: 'pod', dataKey: 'body' }, dest: 'pod' }],
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe: ({ spec: { serverURL } }) => `have ${serverURL} act`,
  show: ({ spec: { serverURL, spec }, payload }) => ({ serverURL, spec, payload }),
  fire: execute,
});
