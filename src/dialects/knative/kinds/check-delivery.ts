import type { Finding, Path } from '../../../core/errors/finding.ts';
import { checkDelivery as checkTimes } from '../delivery/check.ts';
import { checkOptional } from './check-fields.ts';
import type { DeliverySpec } from './fields.ts';

/** What is wrong in a `delivery` block of `what`, a kind with its article. */
export const checkDelivery = (delivery: DeliverySpec, path: Path, what: string): Finding[] =>
  delivery ? [...checkTimes(delivery, path), ...checkOptional(delivery.deadLetterSink, [...path, 'deadLetterSink'], what)] : [];
