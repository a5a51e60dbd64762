/**
 * The parts of undici that we use. Its front door also loads a browser's `fetch`, WebSockets, caches and mocks, and Node's own undici for
 * their sake: 45 ms of the start and 8 MB of every process. Where these files lie holds for the version that `package.json` pins.
 */
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// As the front door does for all ways to ask.
Object.assign(Dispatcher.prototype, { request });

export { Agent, buildConnector, Pool };
