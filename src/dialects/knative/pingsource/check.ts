import { error, type Finding } from '../../../core/errors/finding.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import { isObject } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { zoneOf } from '../../../core/time/cron.ts';
import { invalid } from '../kinds/check-fields.ts';
import { parsePingSchedule } from './schedule.ts';

interface Ping {
  readonly schedule: string;
  readonly timezone: string;
  readonly contentType: string;
  readonly data: string;
  readonly dataBase64: string;
}

/** What the schema cannot say of a PingSource: its schedule, and data that are what their type says. Paths start at the object. */
export function checkPing(spec: Ping): Finding[] {
  const { data, dataBase64, contentType } = spec;
  const findings = checkSchedule(spec);
  if (data !== '' && dataBase64 !== '') {
    findings.push(error('CONFIG_ONE_OF', ['spec', 'data'], { choices: 'data, dataBase64', found: 'both' }));
    return findings;
  }
  const field = dataBase64 === '' ? 'data' : 'dataBase64';
  if (dataBase64 !== '' && !isBase64(dataBase64)) {
    findings.push(invalid(['spec', field], 'this is not base64', 'write what is text as `data`'));
  } else if (isJson(contentType) && (data !== '' || dataBase64 !== '')) {
    const problem = notAnObject(dataBase64 === '' ? data : Buffer.from(dataBase64, 'base64').toString('utf8'));
    if (problem !== undefined) findings.push(invalid(['spec', field], `the content type is ${contentType}, but ${problem}`));
  }
  return findings;
}

function checkSchedule(spec: Ping): Finding[] {
  const { schedule, timezone } = spec;
  const isKnown = zoneOf(timezone) !== undefined;
  const findings = isKnown ? [] : [invalid(['spec', 'timezone'], `there is no time zone "${timezone}"`, 'a name such as Europe/Berlin')];
  try {
    parsePingSchedule({ schedule, timezone: isKnown ? timezone : '' });
    return findings;
  } catch (thrown) {
    const { code, fields, hint } = fromUnknown(thrown);
    const { offset } = fields;
    return [
      ...findings,
      error(code, ['spec', 'schedule'], fields, { ...(typeof offset === 'number' ? { offset } : {}), ...(hint ? { hint } : {}) }),
    ];
  }
}

const isBase64 = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''));

/** Types with a suffix, such as `application/vnd.x+json`, are not looked into. */
const isJson = (contentType: string): boolean => /^(?:application|text)\/json$/.test(contentType.split(';')[0]!.trim().toLowerCase());

function notAnObject(text: string): string | undefined {
  try {
    return isObject(parseJson(text)) ? undefined : 'the data are no JSON object';
  } catch (thrown) {
    return fromUnknown(thrown).message.replace('the event is', 'the data are');
  }
}
