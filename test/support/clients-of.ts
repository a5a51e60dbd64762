import { Clients } from '../../src/core/lifecycle/clients.ts';

/** A store of connections in which there is this one, whatever is asked for. */
export function clientsOf(client: object): Clients {
  const clients = new Clients();
  clients.get = async <T>() => client as T;
  return clients;
}
