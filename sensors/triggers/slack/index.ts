/**
 * Posts a message to a Slack channel for each firing, into threads if asked.
 *
 * Slack keeps whatever it is sent: a message whose answer was lost is posted again.
 */
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { post } from './post.ts';
import { compile, describe, type Ready, type Rendered, render, show } from './render.ts';
import { slackSpec } from './spec.ts';

export const slack = defineTrigger<'slack', typeof slackSpec, Ready, Rendered>({
  type: 'slack',
  summary: 'Posts a message to a Slack channel.',
  stability: 'beta',
  spec: slackSpec,
  examples: [
    {
      title: 'Tell of a Pod',
      spec: {
        slackToken: { name: 'slack', key: 'token' },
        channel: 'deployments',
        parameters: [
          { src: { dependencyName: 'pod', dataTemplate: 'There is a new Pod {{ .Input.body.metadata.name }}.' }, dest: 'message' },
        ],
      },
    },
    {
      title: 'One thread for each Pod',
      spec: {
        slackToken: { name: 'slack', key: 'token' },
        channel: '#deployments',
        message: 'It was seen again.',
        thread: { messageAggregationKey: '' },
        sender: { username: 'Sensorium', icon: ':eyes:' },
        parameters: [{ src: { dependencyName: 'pod', dataKey: 'body.metadata.uid' }, dest: 'thread.messageAggregationKey' }],
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe,
  show,
  fire: post,
});
