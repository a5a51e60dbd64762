/**
 * The id of an event that stands for a Kafka message: the same as Argo's, the one source there whose ids are stable, so that a
 * message that both have read is stored once.
 */
export function kafkaEventId(at: {
  eventSourceName: string;
  eventName: string;
  /** As written in the spec: brokers with commas, of which the first counts. */
  url: string;
  topic: string;
  partition: number;
  offset: number | string;
}): string {
  return [at.eventSourceName, at.eventName, at.url.split(',', 1)[0], at.topic, at.partition, at.offset].join(':');
}
