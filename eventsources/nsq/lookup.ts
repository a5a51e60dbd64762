import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { fetchText } from '../../src/core/http/fetch-text.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';

export interface Nsqd {
  readonly host: string;
  readonly port: number;
}

/** Asks a nsqlookupd who has a topic. Rejects with UNREACHABLE_SENDER, also when nobody has it yet. */
export async function nsqdsOf(hostAddress: string, topic: string, signal: AbortSignal): Promise<Nsqd[]> {
  const base = hostAddress.includes('://') ? hostAddress : `http://${hostAddress}`;
  const away = (reason: string, cause?: unknown) =>
    new EngineError('UNREACHABLE_SENDER', { server: `the topic ${topic} by way of the nsqlookupd at ${hostAddress}`, reason }, { cause });
  let found: Nsqd[];
  try {
    found = producersIn(
      parseJson(await fetchText(`${base.replace(/\/$/, '')}/lookup?topic=${encodeURIComponent(topic)}`, { signal, within: 5000 })),
    );
  } catch (thrown) {
    signal.throwIfAborted();
    throw away(thrown instanceof EngineError ? String(thrown.fields['reason'] ?? thrown.message) : reasonOf(thrown), thrown);
  }
  if (found.length === 0) throw away('no nsqd has it');
  return found;
}

/** Old servers wrap the answer in `data`. */
function producersIn(answer: Json): Nsqd[] {
  const inner = isObject(answer) && isObject(answer['data']) ? answer['data'] : answer;
  const producers = isObject(inner) && Array.isArray(inner['producers']) ? inner['producers'] : [];
  return producers.filter(isObject).map((one) => ({ host: String(one['broadcast_address']), port: Number(one['tcp_port']) }));
}
