import type { Backlog } from '../messages/backlog.ts';
import type { Session } from './connection.ts';
import { messageOf } from './message.ts';
import type { NatsSpec } from './spec.ts';

/** A plain subscription. The server keeps nothing, so what comes while we are not there is lost. */
export async function subscribe(spec: NatsSpec, backlog: Backlog, { connection, listening, failed }: Session): Promise<void> {
  backlog.onFailure(failed);
  connection.subscribe(spec.subject, {
    ...(spec.queue ? { queue: spec.queue } : {}),
    callback: (error, message) => {
      if (error) failed(error);
      else backlog.add(messageOf(message, spec), message.data.length);
    },
  });
  await connection.flush();
  listening();
}
