import { EngineError } from '../../errors/engine-error.ts';
import { bytesOf, textOf } from '../../go/bytes.ts';
import { fn, GoError, type GoFunction, orElse, type Spend } from '../../go/function.ts';
import { type JsonForm, marshal } from '../../go/json.ts';
import { type GoValue, isList, isMap } from '../../go/values.ts';
import { parseJson } from '../../json/parse.ts';
import { base32, type Decoded, fromBase32, fromBase64 } from './base-n.ts';

const compact: JsonForm = { escapeHtml: true, pretty: false };
const pretty: JsonForm = { escapeHtml: true, pretty: true };
const raw: JsonForm = { escapeHtml: false, pretty: false };

const writes = (form: JsonForm): GoFunction => fn(['any'], ([value], spend) => marshal(value, form, spend));

/** As `must…`, but what JSON cannot say is an empty text. */
const writesOrNothing = (form: JsonForm): GoFunction => fn(['any'], ([value], spend) => orElse(() => marshal(value, form, spend), ''));

function parsed(text: string, spend: Spend): GoValue {
  spend.steps(text.length >> 4);
  spend.bytes(text.length * 2);
  try {
    const value = parseJson(text);
    if (/[eE]\+?\d{3}|\d{300}/.test(text) && holdsInfinity(value))
      throw new GoError('json: cannot unmarshal number into Go value of type float64');
    return value;
  } catch (thrown) {
    if (thrown instanceof EngineError) throw new GoError(thrown.message);
    throw thrown;
  }
}

/** A number too large for a float64. */
function holdsInfinity(value: GoValue): boolean {
  if (isList(value)) return value.some(holdsInfinity);
  return isMap(value) ? Object.values(value).some(holdsInfinity) : Math.abs(value as number) === Number.POSITIVE_INFINITY;
}

/** Sprig gives the reason as the text when there is one. */
const textOrReason = (decoded: Decoded): string => (typeof decoded === 'string' ? decoded : textOf(decoded));

function paid(text: string, spend: Spend): string {
  spend.steps(text.length >> 6);
  spend.bytes(text.length * 2);
  return text;
}

export const encodings: Readonly<Record<string, GoFunction>> = {
  b64enc: fn(['string'], ([text], spend) => Buffer.from(bytesOf(paid(text, spend))).toString('base64')),
  b64dec: fn(['string'], ([text], spend) => textOrReason(fromBase64(paid(text, spend)))),
  b32enc: fn(['string'], ([text], spend) => base32(bytesOf(paid(text, spend)))),
  b32dec: fn(['string'], ([text], spend) => textOrReason(fromBase32(paid(text, spend)))),
  fromJson: fn(['string'], ([text], spend) => orElse(() => parsed(text, spend), null)),
  mustFromJson: fn(['string'], ([text], spend) => parsed(text, spend)),
  toJson: writesOrNothing(compact),
  mustToJson: writes(compact),
  toPrettyJson: writesOrNothing(pretty),
  mustToPrettyJson: writes(pretty),
  toRawJson: writes(raw),
  mustToRawJson: writes(raw),
};
