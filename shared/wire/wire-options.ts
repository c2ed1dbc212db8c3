import type { Faults } from './faults.ts'
import type { RecordLogOptions } from './record-log.ts'

export interface WireOptions extends RecordLogOptions {
  /** where the server is, `http://localhost:5000`; left out, nobody answers until pointAt says where */
  to?: string
  /** what was typed, `npm run step 6`, for advice about a port that is taken */
  command?: string
  /** where clients come in; 0, the default, takes any free port */
  port?: number
  /** the network interface's address; default 127.0.0.1, which nobody reaches from outside this machine */
  host?: string
  /** from the start; setFaults changes them later */
  faults?: Faults
  /** how long six polls of one browser have to be held until a record says so, ms; default 1,000 */
  heldMs?: number
}
