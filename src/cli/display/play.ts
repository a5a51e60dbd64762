import pc from 'picocolors';
import type { CloudEvent } from '../../core/cloudevents/cloud-event.ts';
import type { Clock } from '../../core/time/clock.ts';
import { showCloudEvent } from './show.ts';

/** Shows events in the place of Services that have no address here; at the first of each Service it says so. */
export function playServices(write: (line: string) => void, clock: Clock): (service: string, event: CloudEvent) => void {
  const known = new Set<string>();
  return (service, event) => {
    const note = known.has(service)
      ? ''
      : pc.dim(`  no Service of that name has an address here: what it would get is shown; --sink ${nameIn(service)}=URL sends it there`);
    known.add(service);
    write(
      `${pc.dim(new Date(clock.now()).toISOString().slice(11, 23))}  ${pc.cyan('display')}  ${service}${note}\n${showCloudEvent(event)}`,
    );
  };
}

/** NAMESPACE/NAME → NAME. */
const nameIn = (service: string): string => service.slice(service.lastIndexOf('/') + 1);
