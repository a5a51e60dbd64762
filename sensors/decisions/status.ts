/** What a sensor says of itself, for those who ask why nothing comes. JSON on the bus. */
export interface SensorStatus {
  readonly kind: 'Sensor';
  readonly namespace: string;
  readonly name: string;
  /** Times in milliseconds since 1970. It says so again every 10 s; `stoppedAt` when it has ended cleanly. */
  readonly startedAt: number;
  readonly seenAt: number;
  readonly stoppedAt?: number;
  readonly dependencies: readonly { readonly name: string; readonly source: string; readonly subject: string }[];
  readonly triggers: readonly { readonly name: string; readonly waitsFor: readonly string[]; readonly condition: string }[];
  /** Since it started. */
  readonly events: number;
  /** Of them, those that came too fast to leave a decision, if any. */
  readonly skipped?: number;
}

/** Where it is kept; who takes a sensor's events beside others has a `seat` of its own. */
export const sensorStatusKey = (namespace: string, name: string, seat = 0): string =>
  `sensor/${namespace}/${name}${seat === 0 ? '' : `/${seat}`}`;
export const sensorStatusPrefix = 'sensor/';
