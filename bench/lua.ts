/** Lua scripts on an event, alone and with reading and writing the JSON around them. */
import { parseJson } from '../src/core/json/parse.ts';
import { goJson, stringifyJson } from '../src/core/json/stringify.ts';
import { compileLua } from '../src/core/lua/index.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = stringifyJson(serviceEvent);

const filter = 'return event.type == "ADD" and event.body.metadata.annotations["autodeploy-ingress-host"] ~= nil';

/** An edit as a rule has it: something dropped, something changed, a branch, a list built. */
const edit = `
  event.body.metadata.managedFields = nil
  event.body.metadata.labels.app = string.upper(event.body.metadata.labels.app)
  if event.type == "ADD" then event.operation = "create" else event.operation = "update" end
  local ports = {}
  for index, port in ipairs(event.body.spec.ports) do
    ports[index] = port.name .. ":" .. port.port
  end
  event.ports = table.concat(ports, ",")
  return event`;

/** Goes through every value of the event. */
const copy = `
  local function copy(value)
    if type(value) ~= "table" then return value end
    local result = {}
    for key, item in pairs(value) do result[key] = copy(item) end
    return result
  end
  return copy(event)`;

const loop = 'local sum = 0 for i = 1, 20000 do sum = sum + i % 7 end return { sum = sum }';

export function lua(): Row[] {
  const ceiling = 'JSON.parse + JSON.stringify';
  const scripts = { filter: compileLua(filter), edit: compileLua(edit), copy: compileLua(copy), loop: compileLua(loop) };
  return measure([
    { what: ceiling, run: () => JSON.stringify(JSON.parse(text)) },
    { what: 'filter, on a parsed event', run: () => scripts.filter.isTrue(serviceEvent), against: ceiling },
    { what: 'edit, on a parsed event', run: () => scripts.edit.table(serviceEvent), against: ceiling },
    {
      what: 'edit, with JSON in and out as Go writes it',
      run: () => goJson(scripts.edit.table(parseJson(text) as never)),
      against: ceiling,
    },
    { what: 'a copy of every value', run: () => scripts.copy.table(serviceEvent), against: ceiling },
    { what: 'a loop of 20,000 turns', run: () => scripts.loop.table(serviceEvent), against: ceiling },
    { what: 'compiling the edit', run: () => compileLua(edit), against: ceiling },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`Lua, an event of ${text.length} characters`, lua());
