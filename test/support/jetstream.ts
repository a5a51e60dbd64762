import { type BusOverrides, busConfigOf, type JetStreamConfig } from '../../eventbus/config.ts';

/** The configuration of the one bus on a server of the test's own. */
export function jetStream({ port }: { port: number }, more: BusOverrides & Partial<JetStreamConfig> = {}): JetStreamConfig {
  const id = { namespace: 'team', name: 'default', alone: true };
  return { ...busConfigOf(undefined, { ...id, servers: [`nats://127.0.0.1:${port}`], ...more }), ...('stream' in more ? { stream: more.stream! } : {}) };
}
