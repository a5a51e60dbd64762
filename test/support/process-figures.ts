/** What the system knows of a process. Linux only: elsewhere every figure is NaN. */
import { readdirSync, readFileSync } from 'node:fs';

function read<T>(ask: () => T): T | number {
  try {
    return ask();
  } catch {
    return Number.NaN;
  }
}

/** Megabytes. */
const fieldOf = (pid: number, field: string): number =>
  read(() => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);

/** Resident, in megabytes. */
export const memoryOf = (pid: number): number => fieldOf(pid, 'VmRSS');
/** The most that was resident since its start, in megabytes. */
export const peakMemoryOf = (pid: number): number => fieldOf(pid, 'VmHWM');

/** Milliseconds of the processor since its start, its own and the system's for it; in steps of ten. */
export const processorTimeOf = (pid: number): number =>
  read(() => {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  });

/** Open files, sockets among them. */
export const descriptorsOf = (pid: number): number => read(() => readdirSync(`/proc/${pid}/fd`).length);
