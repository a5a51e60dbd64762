import type { EventData } from '../event/data.ts';

/** A CloudEvent as it is met over HTTP and asked about by filters: with attributes of its own, typed extensions, and its data as it came. */
export interface CloudEvent {
  readonly specversion: '1.0' | '0.3';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly datacontenttype?: string;
  readonly dataschema?: string;
  /** By lower-case name. Numbers are 32-bit integers. */
  readonly extensions: Readonly<Record<string, string | number | boolean>>;
  readonly data?: EventData;
}
