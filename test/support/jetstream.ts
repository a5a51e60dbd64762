import { type BusOverrides, busConfigOf, type JetStreamConfig } from '../../eventbus/config.ts';

/** The configuration of the one bus on a server of the test's own. */
export function jetStream({ port }: { port: number }, overrides: BusOverrides = {}): JetStreamConfig {
  return busConfigOf(undefined, { namespace: 'team', name: 'default', alone: true, servers: [`nats://127.0.0.1:${port}`], ...overrides });
}
