import { z } from 'zod';
import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import { compileJsonata } from '../../../core/jsonata/index.ts';
import { checkOptional, invalid, missing } from './check-fields.ts';
import { defineKind } from './define.ts';
import { destination } from './fields.ts';

const jsonata = () =>
  z
    .strictObject({
      expression: z.string().default('').describe('A JSONata expression over the event as JSON: its attributes, and `data`.'),
    })
    .optional()
    .describe('The transformation.');

const spec = z
  .strictObject({
    sink: destination().optional().describe('Where the result is sent; without it, it is the answer to the sender.'),
    jsonata: jsonata(),
    reply: z
      .strictObject({ jsonata: jsonata(), discard: z.boolean().optional().describe('The answer of the sink is thrown away.') })
      .optional()
      .describe('What becomes of the answer of the sink.'),
  })
  .describe('How events are changed.');

export type EventTransformSpec = z.output<typeof spec>;

export const eventTransformKind = defineKind({
  group: 'eventing.knative.dev',
  version: 'v1alpha1',
  kind: 'EventTransform',
  plural: 'eventtransforms',
  summary: 'Makes another event of each event that it gets.',
  about:
    'The expression gets the event in its JSON form, with attributes at the top and the payload under `data`. It works in this process, wherever a rule names it.',
  spec,
  check({ spec: { sink, jsonata, reply } }) {
    return [
      ...checkOptional(sink, ['spec', 'sink'], 'an EventTransform'),
      ...(jsonata
        ? checkExpression(jsonata.expression, ['spec', 'jsonata'])
        : [missing(['spec', 'jsonata'], 'an EventTransform says how events are changed', "jsonata: {expression: '{…}'}")]),
      ...(reply && !sink
        ? [invalid(['spec', 'reply'], 'without a sink there is no answer that a reply could be made of', 'add a sink, or leave out reply')]
        : []),
      ...(reply?.jsonata && reply.discard
        ? [invalid(['spec', 'reply'], 'the answer is either changed or discarded', 'leave out jsonata or discard')]
        : []),
      ...(reply?.jsonata ? checkExpression(reply.jsonata.expression, ['spec', 'reply', 'jsonata']) : []),
    ];
  },
});

function checkExpression(expression: string, path: Path): Finding[] {
  const at = [...path, 'expression'];
  if (expression.trim() === '') return [missing(at, 'there is no expression')];
  try {
    compileJsonata(expression);
    return [];
  } catch (thrown) {
    const { code, fields } = fromUnknown(thrown);
    const { offset } = fields;
    return [error(code, at, fields, typeof offset === 'number' ? { offset } : {})];
  }
}
