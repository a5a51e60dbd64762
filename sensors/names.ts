/** What a sensor's things are called on the bus: its durable, its queue and its lease share one name, for `bus.forget`. */
export const nameOnBus = (sensor: { readonly namespace: string; readonly name: string }): string =>
  `sensor/${sensor.namespace}/${sensor.name}`;
