/**
 * Calls a URL for each firing.
 *
 * Each request bears the firing's id as `Idempotency-Key`, so that a target can tell a repeat. Which answers are a success says
 * `policy.status` or, without it, the usual meaning of a status; what may succeed later is tried again.
 */
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { compile, describe, type Ready, type Rendered, render, show } from './render.ts';
import { send } from './send.ts';
import { httpSpec } from './spec.ts';

export const http = defineTrigger<'http', typeof httpSpec, Ready, Rendered>({
  type: 'http',
  summary: 'Calls a URL.',
  stability: 'beta',
  obeys: 'status',
  limit: ({ timeout }) => timeout && timeout * 1000,
  spec: httpSpec,
  examples: [
    {
      title: 'Post the name of a Pod as JSON',
      spec: {
        url: 'https://example.com/pods',
        headers: { 'Content-Type': 'application/json' },
        payload: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.name' }, dest: 'name' }],
      },
    },
    {
      title: 'Post the whole payload, with a token from a Secret',
      spec: {
        url: 'https://example.com/events',
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        secureHeaders: [{ name: 'Authorization', valueFrom: { secretKeyRef: { name: 'example', key: 'token' } } }],
        payload: [{ src: { dependencyName: 'pod', dataKey: '@this' }, dest: '' }],
        timeout: 10,
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe,
  show,
  fire: send,
});
