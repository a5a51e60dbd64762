import { z } from 'zod';
import { error, type Path } from '../../src/core/errors/finding.ts';
import type { Checked } from '../checked.ts';
import type { Filter } from './verdict.ts';

/** The attributes that are compared; the others that a context filter may name are ignored, as in Argo. */
const compared = ['type', 'subject', 'source', 'datacontenttype'] as const;

export const contextFilterSpec = z
  .strictObject({
    type: z.string().optional().describe('The type of the event source, such as `webhook`; equal as a whole.'),
    subject: z.string().optional().describe('The name of the event in its event source; equal as a whole.'),
    source: z.string().optional().describe('The name of the event source; equal as a whole.'),
    datacontenttype: z.string().optional().describe('The media type of the payload; equal as a whole.'),
    id: z.string().optional().describe('Not compared.'),
    specversion: z.string().optional().describe('Not compared.'),
    time: z.string().optional().describe('Not compared.'),
  })
  .describe('Compares attributes of the event; every one that is given must be equal.');

type ContextFilterSpec = z.output<typeof contextFilterSpec>;

export function compileContextFilter(spec: ContextFilterSpec, path: Path): Checked<Filter> {
  const wanted = compared.filter((name) => spec[name]);
  const problem = 'no fields specified in ctx filter (aka all events will be discarded)';
  const findings = wanted.length === 0 ? [error('CONFIG_INVALID', path, { problem })] : [];
  return {
    findings,
    value: (event) => {
      if (!event) return { at: 'filters.context', because: 'there is no event' };
      const differs = wanted.find((name) => event[name] !== spec[name]);
      return differs && { at: `filters.context.${differs}`, because: `${differs} is "${event[differs]}", wanted "${spec[differs]}"` };
    },
  };
}
