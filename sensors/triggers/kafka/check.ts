import { checkSasl } from '../../../src/core/access/sasl.ts';
import { checkTls } from '../../../src/core/access/tls.ts';
import { error, type Finding, under } from '../../../src/core/errors/finding.ts';
import { checkParameters } from '../parameters/index.ts';
import type { KafkaSpec } from './spec.ts';

/** What the schema cannot say of a `kafka` block. */
export function check({ payload, parameters = [], tls, sasl, schemaRegistry }: KafkaSpec, dependencies: readonly string[]): Finding[] {
  const because = 'Avro needs a library of its own; write the message as JSON, without it';
  return [
    ...checkParameters(parameters, dependencies, ['parameters']),
    ...checkParameters(payload, dependencies, ['payload']),
    ...under('tls', checkTls(tls)),
    ...under('sasl', checkSasl(sasl)),
    ...(schemaRegistry ? [error('CONFIG_UNSUPPORTED', ['schemaRegistry'], { what: 'a schema registry', because })] : []),
  ];
}
