import { z } from 'zod';
import { filtersSpec, logicalOperator } from '../filters/registry.ts';

const needed = (problem: string) => z.string(problem).min(1, problem);

const transformSpec = z
  .strictObject({
    jq: z.string().optional().describe('A jq program; its first output becomes the payload and must be an object.'),
    script: z.string().optional().describe('A Lua script that returns the new payload, a table. It sees the old one as `event`.'),
  })
  .describe('Rewrites the payload before the filters see it.');

export const dependencySpec = z
  .strictObject({
    name: needed('event dependency must define a name').describe('The name that triggers and parameters use.'),
    eventSourceName: needed('event dependency must define the EventSourceName').describe('The EventSource object that sends the event.'),
    eventName: needed('event dependency must define the EventName').describe('The name of the event in that EventSource.'),
    filters: filtersSpec.optional(),
    filtersLogicalOperator: logicalOperator().describe('Whether all filters must pass (`and`) or one (`or`).'),
    transform: transformSpec.optional(),
  })
  .describe('An event that the sensor waits for.');

export type DependencySpec = z.output<typeof dependencySpec>;
