import type { Msg } from '@nats-io/transport-node';
import type { StoredMessage } from '../wire.ts';

/** A message of a stream, with what its reply subject says of it. */
export interface RawMessage extends StoredMessage {
  readonly sequence: number;
  /** 1 for the first delivery. */
  readonly attempt: number;
  /** Where acknowledgements go. */
  readonly reply: string;
}

/** The bytes of a header block: the client keeps them, and parses them in a way that takes longer than all else. */
interface KeepsItsBytes {
  readonly _msg?: { readonly hdr: number };
  readonly _rdata?: Uint8Array;
}

export function headOf(message: Msg): Uint8Array | undefined {
  const { _msg, _rdata } = message as unknown as KeepsItsBytes;
  if (_msg && _rdata) return _msg.hdr > 0 ? _rdata.subarray(0, _msg.hdr) : undefined;
  return (message.headers as unknown as { encode(): Uint8Array } | undefined)?.encode();
}

/** Undefined for a status message, which belongs to no stream. */
export function rawMessage(message: Msg): RawMessage | undefined {
  const { reply } = message;
  if (!reply?.startsWith('$JS.ACK.')) return undefined;
  const tokens = reply.split('.');
  // $JS.ACK.[domain.account.]stream.consumer.delivered.stream sequence.consumer sequence.time.pending[.random]
  const at = tokens.length > 9 ? 6 : 4;
  return {
    subject: message.subject,
    head: headOf(message),
    body: message.data,
    reply,
    attempt: Number(tokens[at]),
    sequence: Number(tokens[at + 1]),
    storedAt: Math.floor(Number(tokens[at + 3]) / 1e6),
  };
}
