/**
 * `sensorium display`: a receiver that prints the events that it gets, to look at what a Trigger or a source sends. It keeps nothing.
 */
import { writeStructured } from '../../core/cloudevents/write.ts';
import { reasonOf } from '../../core/errors/from-unknown.ts';
import { createRoutes } from '../../core/http/routes.ts';
import { untilSignal } from '../../core/lifecycle/until-signal.ts';
import { systemClock } from '../../core/time/clock.ts';
import { answerWith } from '../display/answer.ts';
import { showCloudEvent } from '../display/show.ts';
import type { Output } from '../output.ts';

export interface DisplayFlags {
  readonly port: number;
  readonly host: string;
  readonly output: 'text' | 'json';
}

/** Ends at the signal. Throws UNREACHABLE_PORT when the port is taken. */
export async function display({ port, host, output }: DisplayFlags, { write, warn }: Output): Promise<void> {
  const signal = untilSignal();
  const routes = createRoutes({ host, clock: systemClock });
  const answer = answerWith((event) => write(output === 'json' ? String(writeStructured(event).body) : showCloudEvent(event)));
  await using open = await routes.open({
    port,
    path: '/{any:(?s:.*)}',
    owner: 'display',
    answer: (call) =>
      answer(call).catch((thrown) => {
        warn(`refused a call: ${reasonOf(thrown)}`);
        throw thrown;
      }),
  });
  warn(`listening on port ${open.port}; Ctrl-C ends it`);
  await systemClock.sleep(2 ** 31 - 1, signal);
}
