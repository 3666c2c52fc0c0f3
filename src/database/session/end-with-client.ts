import type { Session } from './session.js';

/** How soon the server finds out that nobody waits for a statement any more. */
const lookEvery = '500ms';

/**
 * Lets the server end what it is doing for this client when the client is gone, to the end of the transaction. Without
 * it the server of a process that was killed works on, and keeps its locks until it has a result that it cannot send.
 * Servers that cannot watch their connections, such as those on Windows, refuse the setting and go on without it.
 */
export async function endWithClient(session: Session): Promise<void> {
  await session.query(`do $$ begin
    perform set_config('client_connection_check_interval', '${lookEvery}', true);
  exception when invalid_parameter_value then null;
  end $$`);
}
