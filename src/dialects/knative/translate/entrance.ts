import type { Address } from '../../../core/event/event.ts';
import type { DialectWorld, Part, RuleRef } from '../../dialect.ts';
import { elsewhere } from '../broker/elsewhere.ts';
import { brokerIngress } from '../broker/ingress.ts';
import { listenerPart } from './parts.ts';

/** The path at which something of ours is called, on the one port of all Brokers. */
const pathOf = ({ kind, namespace, name }: RuleRef): string =>
  kind === 'Broker' ? `/${namespace}/${name}` : `/${namespace}/${kind.toLowerCase()}/${name}`;

/** The same as a URL. */
export const urlAt = (rule: RuleRef, world: DialectWorld): string =>
  new URL(pathOf(rule), world.addressOf({ ...rule, kind: 'Broker' }, world.ingressPort)).href;

/** Where a Broker, a Channel or a flow is called over HTTP. */
export function entrancePart(rule: RuleRef, address: Address, world: DialectWorld): Part {
  const { kind, namespace, name } = rule;
  const spec = { port: world.ingressPort, path: pathOf(rule) };
  return listenerPart(
    { id: `${kind} ${namespace}/${name} (HTTP)`, namespace, rules: [rule], from: spec },
    { name: `${kind}:${name}`, definition: brokerIngress, spec, address, busNamespace: namespace },
  );
}

/** Tells callers of other paths that nobody is there. */
export function elsewherePart(namespace: string, world: DialectWorld): Part {
  const spec = { port: world.ingressPort };
  const address = { source: 'Broker:elsewhere', subject: 'nothing' };
  return listenerPart(
    { id: 'Brokers (HTTP)', namespace, rules: [], from: spec },
    { name: 'Broker:elsewhere', definition: elsewhere, spec, address, busNamespace: namespace },
  );
}
